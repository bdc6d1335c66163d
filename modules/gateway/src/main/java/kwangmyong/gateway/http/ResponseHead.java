package kwangmyong.gateway.http;

/**
 * A response's head (RFC 9112 §4).
 *
 * @param status 100-599
 * @param reason for people; may be empty
 * @param minor the version's second number: 0 or 1
 */
public record ResponseHead(int status, String reason, int minor, Fields fields) {
    /** Whether the connection may carry another exchange, as far as the head says. */
    public boolean keepsAlive() {
        return minor == 1 && !fields.lists(FieldName.CONNECTION, "close");
    }

    /** The version as Via says it (RFC 9110 §7.6.3). */
    public String version() {
        return minor == 0 ? "1.0" : "1.1";
    }

    /** 1xx: another head follows. */
    public boolean isInterim() {
        return status < 200;
    }
}
