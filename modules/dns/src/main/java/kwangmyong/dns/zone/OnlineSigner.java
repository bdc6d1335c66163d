package kwangmyong.dns.zone;

/**
 * Signs when asked to, with the key of one zone, for as long as that zone object lives: the times in its signatures never change. Any
 * thread may call it.
 */
public interface OnlineSigner {
    /**
     * The data of the RRSIG record of a set (RFC 4034 §3).
     *
     * @param owner in lower case; one that begins with {@code *} is signed as the wildcard that it is
     * @param standing whether the set is one of the zone's own, of which there are few, rather than one made up for a question
     */
    byte[] sign(byte[] owner, RecordSet set, boolean standing);

    /** Whether denials are made up for each question (RFC 9824); else the zone has a chain of them. */
    boolean isCompact();
}
