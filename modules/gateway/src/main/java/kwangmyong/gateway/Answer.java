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

    /** Writes it whole; without its body when it answers a HEAD. */
    void write(ByteBuf out, boolean toHead, @Nullable String connection) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        ForwardedHead.statusLine(out, status, Phrases.of(status));
        if (octets.length > 0) {
            ForwardedHead.line(out, "Content-Type", type);
        }
        ForwardedHead.line(out, "Content-Length", Integer.toString(octets.length));
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
