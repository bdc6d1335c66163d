package kwangmyong.gateway;

import java.util.Locale;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;

/** What a client would rather read (RFC 9110 §12.5.1). */
final class Accept {
    private Accept() {}

    /** Whether JSON is named with a greater weight than HTML; whoever names neither reads HTML. */
    static boolean prefersJson(Fields fields) {
        double json = 0;
        double html = 0;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.known(i) == FieldName.ACCEPT) {
                for (String range : fields.value(i).toLowerCase(Locale.ROOT).split(",", -1)) {
                    String type = range.split(";", 2)[0].strip();
                    if (type.equals("application/json") || type.equals("application/problem+json")) {
                        json = Math.max(json, weight(range));
                    } else if (type.equals("text/html")
                            || type.equals("text/*")
                            || type.equals("application/xhtml+xml")) {
                        html = Math.max(html, weight(range));
                    }
                }
            }
        }
        return json > html;
    }

    /** Whether an answer may be coded as gzip, by name (RFC 9110 §12.5.3). */
    static boolean takesGzip(Fields fields) {
        for (String coding :
                fields.all("accept-encoding").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (coding.split(";", 2)[0].strip().equals("gzip") && weight(coding) > 0) {
                return true;
            }
        }
        return false;
    }

    private static double weight(String range) {
        for (String parameter : range.split(";", -1)) {
            String stripped = parameter.strip();
            if (stripped.startsWith("q=")) {
                return stripped.matches("q=[01](\\.\\d{0,3})?") ? Double.parseDouble(stripped.substring(2)) : 0;
            }
        }
        return 1;
    }
}
