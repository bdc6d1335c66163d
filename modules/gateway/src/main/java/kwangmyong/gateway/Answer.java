package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the gateway gives itself.
 *
 * @param type the media type; not read when {@code body} is empty
 * @param fields further field lines, as {@code Name: value}
 * @param closes whether the connection cannot be kept after it
 */
record Answer(int status, String type, String body, List<String> fields, boolean closes) {
    Answer {
        fields = List.copyOf(fields);
    }

    static Answer empty(int status, List<String> fields) {
        return new Answer(status, "", "", fields, false);
    }

    /** Whether its length is said: 204 has no body to measure (RFC 9110 §8.6). */
    boolean isMeasured() {
        return status != 204;
    }

    /**
     * Writes it whole; without its body when it answers a HEAD.
     *
     * @param date the value of Date, which whoever makes an answer has to say (RFC 9110 §6.6.1)
     */
    void write(ByteBuf out, boolean toHead, @Nullable String connection, String date) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        ForwardedHead.statusLine(out, status, Phrases.of(status));
        if (octets.length > 0) {
            ForwardedHead.line(out, "Content-Type", type);
        }
        if (isMeasured()) {
            ForwardedHead.line(out, "Content-Length", Integer.toString(octets.length));
        }
        ForwardedHead.line(out, "Date", date);
        ForwardedHead.line(out, "Cache-Control", "no-store");
        for (String field : fields) {
            out.writeCharSequence(field, StandardCharsets.ISO_8859_1);
            out.writeByte('\r').writeByte('\n');
        }
        if (connection != null) {
            ForwardedHead.line(out, "Connection", connection);
        }
        out.writeByte('\r').writeByte('\n');
        if (!toHead) {
            out.writeBytes(octets);
        }
    }
}
