package kwangmyong.mail.store;

/**
 * How much a mailbox holds.
 *
 * @param mailboxOctets the sum of its messages
 * @param mailboxMessages their number
 */
public record StoreLimits(long mailboxOctets, int mailboxMessages) {
    /** 1 GiB in 100,000 messages. */
    public static final StoreLimits DEFAULT = new StoreLimits(1L << 30, 100_000);

    public StoreLimits {
        if (mailboxOctets < 1 || mailboxMessages < 1) {
            throw new IllegalArgumentException("a mailbox holds at least one octet and one message");
        }
    }
}
