package kwangmyong.gateway.http;

/**
 * A request's head (RFC 9112 §3).
 *
 * @param target as sent, one character an octet; neither blank nor control character in it
 * @param minor the version's second number: 0 or 1
 */
public record RequestHead(String method, String target, int minor, Fields fields) {
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
