package kwangmyong.mail.smtp;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/** What a message gets put before it, and all that is ever changed about it (RFC 5321 §4.4): who sent it and how it came. */
final class TraceHeader {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private TraceHeader() {}

    /** @param subject who authenticated or is logged in at the terminal */
    static String of(
            SmtpStep.Envelope envelope,
            String host,
            String id,
            InetAddress terminal,
            @Nullable String subject,
            Instant now) {
        StringBuilder header = new StringBuilder();
        header.append("Return-Path: <").append(envelope.sender()).append(">\r\n");
        header.append("Received: from ")
                .append(envelope.greeting())
                .append(" (")
                .append(literal(terminal))
                .append(')');
        if (subject != null) {
            header.append("\r\n\t(subject ").append(subject).append(')');
        }
        header.append("\r\n\tby ").append(host).append(" with ").append(envelope.protocol());
        header.append("\r\n\tid ").append(id);
        if (envelope.all().size() == 1) {
            header.append("\r\n\tfor <").append(envelope.all().get(0)).append('>');
        }
        return header.append(";\r\n\t")
                .append(DATE.format(now.atOffset(ZoneOffset.UTC)))
                .append("\r\n")
                .toString();
    }

    private static String literal(InetAddress address) {
        boolean version6 = address.getAddress().length == 16;
        return "[" + (version6 ? "IPv6:" : "") + Addresses.text(address) + "]";
    }
}
