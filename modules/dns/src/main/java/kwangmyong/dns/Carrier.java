package kwangmyong.dns;

/** What carries a message, as far as that changes the answer. */
enum Carrier {
    UDP,
    TCP,
    TLS,
    HTTPS;

    /** Whether every answer fits, and the way back is known to be the asker's. */
    boolean isStream() {
        return this != UDP;
    }

    /** Whether an answer may have several messages: DNS over HTTPS has room for one (RFC 8484 §4.2.1). */
    boolean carriesTransfers() {
        return this == TCP || this == TLS;
    }

    /** Whether a connection stays open for further messages at the server's word (RFC 7828); HTTP has its own. */
    boolean isKeptAlive() {
        return this == TCP || this == TLS;
    }

    /** Whether padding hides anything (RFC 8467 §4). */
    boolean isEncrypted() {
        return this == TLS || this == HTTPS;
    }
}
