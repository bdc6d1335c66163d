package kwangmyong.dns.zone;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.dns.zone.MasterTokens.Token;
import org.jspecify.annotations.Nullable;

/** What dnsjava lets pass in the parameters of SVCB and HTTPS records that RFC 9460 does not. */
final class ServiceParameters {
    private static final int NAMED_KEYS = 9; // mandatory to ohttp, which dnsjava knows by name alone
    private static final int FIRST = 2; // behind priority and target

    private ServiceParameters() {}

    /** What is wrong with a record's data as written; null when that is for dnsjava to say, or nothing. */
    static @Nullable String fault(List<Token> data) {
        Set<String> keys = new TreeSet<>();
        for (int i = FIRST; i < data.size(); i++) {
            String text = data.get(i).text();
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? "" : text.substring(equals + 1);
            if (text.endsWith("=") && i + 1 < data.size() && data.get(i + 1).quoted()) {
                i++;
                value = data.get(i).text();
            }
            keys.add(key);
            String wrong = key.equals("ech") ? ech(value) : numbered(key);
            if (wrong != null) {
                return wrong;
            }
        }
        return keys.contains("no-default-alpn") && !keys.contains("alpn")
                ? "no-default-alpn needs alpn beside it" // RFC 9460 §7.1.1
                : null;
    }

    /** RFC 9460 §2.1: {@code key} and a number without leading zeros. */
    private static @Nullable String numbered(String key) {
        if (!key.matches("key\\d{1,5}")) {
            return null;
        }
        String number = key.substring("key".length());
        if (number.length() > 1 && number.startsWith("0")) {
            return key + " begins with a zero";
        }
        return Integer.parseInt(number) < NAMED_KEYS ? key + " has a name, and is to be written by it" : null;
    }

    /** Base64 of at least one octet (RFC 9460 §14.3.2). */
    private static @Nullable String ech(String value) {
        try {
            return Base64.getDecoder().decode(value).length == 0 ? "ech has no value" : null;
        } catch (IllegalArgumentException malformed) {
            return "ech is not base64";
        }
    }
}
