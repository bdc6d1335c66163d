package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a client's alerts about a certificate (RFC 8446 §6.2). Encrypted ones the JDK tells of; but many clients have no key yet when they
 * refuse, and alert in the clear, which the JDK takes for a record that was tampered with. So this looks at the records that come before the
 * JDK does, and changes nothing.
 */
final class CertificateAlerts extends ChannelInboundHandlerAdapter {
    private static final Map<Integer, String> NAMES = Map.of(
            42, "bad_certificate",
            43, "unsupported_certificate",
            44, "certificate_revoked",
            45, "certificate_expired",
            46, "certificate_unknown",
            48, "unknown_ca");

    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: (\\w+)");
    private static final int HEADER = 5;
    private static final int ALERT = 21;
    private static final int ALERT_LENGTH = 2;

    /** The record's header, and its first octets where it is an alert. */
    private final byte[] record = new byte[HEADER + ALERT_LENGTH];

    private int known;
    private int left;
    private @Nullable String name;

    /** The alert about a certificate that came in the clear; null for none. */
    @Nullable
    String inTheClear() {
        return name;
    }

    /** The alert about a certificate that the JDK tells of; null for whatever else may break TLS. */
    static @Nullable String in(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            Matcher received = RECEIVED.matcher(String.valueOf(each.getMessage()));
            if (received.find() && NAMES.containsValue(received.group(1))) {
                return received.group(1);
            }
        }
        return null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        for (int i = octets.readerIndex(); i < octets.writerIndex(); ) {
            i += known < HEADER ? head(octets.getByte(i)) : body(octets, i);
        }
        ctx.fireChannelRead(message);
    }

    private int head(byte octet) {
        record[known++] = octet;
        if (known == HEADER) {
            left = (record[3] & 0xff) << 8 | (record[4] & 0xff);
            known = left == 0 ? 0 : known;
        }
        return 1;
    }

    /** Answers how many octets of this record are there. */
    private int body(ByteBuf octets, int at) {
        int length = Math.min(left, octets.writerIndex() - at);
        for (int i = 0; i < length && known < record.length; i++) {
            record[known++] = octets.getByte(at + i);
        }
        left -= length;
        if (left == 0) {
            ended();
        }
        return length;
    }

    private void ended() {
        boolean alert = record[0] == ALERT && record[3] == 0 && record[4] == ALERT_LENGTH;
        if (alert && name == null) {
            name = NAMES.get(record[HEADER + 1] & 0xff);
        }
        known = 0;
    }
}
