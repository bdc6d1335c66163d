package kwangmyong.dns.sign;

/** How a signed zone proves that something is not there. */
public enum Denial {
    /** Made up and signed for each question, saying nothing of any other name (RFC 9824). */
    COMPACT,
    /** A chain of names in order, which anyone can walk (RFC 4034 §4). */
    NSEC,
    /** A chain of hashes, which can be guessed at (RFC 5155), unsalted and hashed once (RFC 9276). */
    NSEC3
}
