package kwangmyong.dns;

import kwangmyong.kernel.access.Reason;

/** What a denial or refusal says of itself beside its response code, RFC 8914 §4. */
final class ExtendedError {
    /** The answer is not the true one. */
    static final int FORGED = 4;

    /** The server will answer, but not yet. */
    static final int NOT_READY = 14;

    /** A type that is not for asking. */
    static final int INVALID_QUERY_TYPE = 30;

    /** Nothing allows it: the network's own way with what it does not know. */
    static final int BLOCKED = 15;

    /** A rule forbids it by name: somebody above the network wants it so. */
    static final int CENSORED = 16;

    /** Resolution of this name is kept from this subject, here or now. */
    static final int FILTERED = 17;

    /** Whoever asks has not said who they are. */
    static final int PROHIBITED = 18;

    /** No zone here encloses the name. */
    static final int NOT_AUTHORITATIVE = 20;

    private ExtendedError() {}

    static int of(Reason reason) {
        return switch (reason) {
            case NOT_LOGGED_IN,
                    UNKNOWN_TERMINAL,
                    OTHER_RESOLVER,
                    SEAT_MISMATCH,
                    SESSION_ENDED,
                    BAD_CREDENTIALS,
                    TOO_MANY_ATTEMPTS,
                    LOCKED,
                    TOO_MANY_SESSIONS -> PROHIBITED;
            case CLEARANCE, WRONG_SUBJECT, WRONG_PLACE, WRONG_HOUR -> FILTERED;
            case FORBIDDEN -> CENSORED;
            default -> BLOCKED;
        };
    }
}
