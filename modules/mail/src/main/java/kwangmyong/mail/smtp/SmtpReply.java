package kwangmyong.mail.smtp;

import java.util.List;

/**
 * A reply (RFC 5321 §4.2).
 *
 * @param enhanced the enhanced status code (RFC 3463); empty for replies that have none: greeting, EHLO, 334, 354
 */
record SmtpReply(int code, String enhanced, List<String> lines) {
    /** RFC 5321 §4.5.3.1.5: 512 octets, less code, enhanced code and CRLF. */
    private static final int TEXT_LIMIT = 480;

    SmtpReply {
        lines = List.copyOf(lines);
    }

    static SmtpReply of(int code, String enhanced, String text) {
        return new SmtpReply(code, enhanced, List.of(text));
    }

    static SmtpReply plain(int code, String... lines) {
        return new SmtpReply(code, "", List.of(lines));
    }

    boolean isNegative() {
        return code >= 400;
    }

    /** As sent, CRLF included. */
    String wire() {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            wire.append(code).append(i == lines.size() - 1 ? ' ' : '-');
            if (!enhanced.isEmpty()) {
                wire.append(enhanced).append(' ');
            }
            String line = lines.get(i);
            wire.append(line, 0, Math.min(line.length(), TEXT_LIMIT)).append("\r\n");
        }
        return wire.toString();
    }
}
