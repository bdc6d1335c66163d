package kwangmyong.mail.smtp;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH (RFC 4954 §5; read and ignored, as it says for clients
 * that are not trusted with it).
 *
 * @param octets as announced; 0 when not
 * @param fault what was wrong with them; null for nothing
 */
record MailParameters(
        long octets, boolean international, @Nullable SmtpReply fault) {
    private static final int SIZE_DIGITS = 20;

    static MailParameters parse(String text) {
        long octets = 0;
        boolean international = false;
        Set<String> seen = new HashSet<>();
        for (String parameter : text.isEmpty() ? new String[0] : text.split(" +")) {
            int equals = parameter.indexOf('=');
            String keyword = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? null : parameter.substring(equals + 1);
            if (!seen.add(keyword) || !isKnown(keyword)) {
                return faulty(SmtpReply.of(555, "5.5.4", "parameter unknown or given twice"));
            }
            if (!fits(keyword, value)) {
                return faulty(SmtpReply.of(501, "5.5.4", keyword + " has a wrong value"));
            }
            if (keyword.equals("SIZE") && value != null) {
                octets = value.length() < SIZE_DIGITS - 1 ? Long.parseLong(value) : Long.MAX_VALUE;
            }
            international |= keyword.equals("SMTPUTF8");
        }
        return new MailParameters(octets, international, null);
    }

    private static MailParameters faulty(SmtpReply fault) {
        return new MailParameters(0, false, fault);
    }

    private static boolean isKnown(String keyword) {
        return Set.of("SIZE", "BODY", "SMTPUTF8", "AUTH").contains(keyword);
    }

    private static boolean fits(String keyword, @Nullable String value) {
        return switch (keyword) {
            case "SIZE" -> value != null && value.matches("[0-9]{1," + SIZE_DIGITS + "}");
            case "BODY" -> value != null && value.toUpperCase(Locale.ROOT).matches("7BIT|8BITMIME");
            case "SMTPUTF8" -> value == null;
            default -> value != null && !value.isEmpty();
        };
    }

    /** What is wrong with these parameters for that path; null for nothing. */
    @Nullable
    SmtpReply fault(boolean internationalPath, long messageOctets) {
        if (fault != null) {
            return fault;
        }
        if (internationalPath && !international) {
            return SmtpReply.of(550, "5.6.7", "an address outside ASCII needs SMTPUTF8");
        }
        if (octets > messageOctets) {
            return SmtpReply.of(552, "5.3.4", "a message is at most " + messageOctets + " octets");
        }
        return null;
    }
}
