package kwangmyong.gateway.http;

/**
 * A request's head (RFC 9112 §3).
 *
 * @param target as sent, one character an octet; neither blank nor control character in it
 * @param major the version's first number: 1, or 2 where streams were turned into this form
 * @param minor the version's second number: 0 or 1; of HTTP/2, which has none, 1 for what HTTP/1.1 can do
 */
public record RequestHead(String method, String target, int major, int minor, Fields fields) {
    /** Of HTTP/1. */
    RequestHead(String method, String target, int minor, Fields fields) {
        this(method, target, 1, minor, fields);
    }

    /** The same with other fields. */
    public RequestHead withFields(Fields others) {
        return new RequestHead(method, target, major, minor, others);
    }

    /** The version as Via says it (RFC 9110 §7.6.3). */
    public String version() {
        return major == 2 ? "2.0" : minor == 0 ? "1.0" : "1.1";
    }

    /** Whether something other than 100-continue is expected, which nobody knows (RFC 9110 §10.1.1: 417). */
    public boolean expectsTheUnknown() {
        return minor == 1
                && fields.count(FieldName.EXPECT) > 0
                && (fields.count(FieldName.EXPECT) > 1
                        || !"100-continue".equalsIgnoreCase(fields.first(FieldName.EXPECT)));
    }

    /** Whether the client wants the connection kept (RFC 9112 §9.3); {@code Proxy-Connection} is heard only when it says close. */
    public boolean keepsAlive() {
        if (fields.lists(FieldName.CONNECTION, "close") || fields.lists(FieldName.PROXY_CONNECTION, "close")) {
            return false;
        }
        return minor == 1 || fields.lists(FieldName.CONNECTION, "keep-alive");
    }

    public boolean expectsContinue() {
        return minor == 1 && fields.lists(FieldName.EXPECT, "100-continue");
    }
}
