package kwangmyong.dns;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;

/**
 * Response rate limiting, as name servers do it against those who have answers sent to a victim whose address they forge: each network that
 * asks gets so many answers of each kind in a second. Of those past it some are sent truncated, so that an honest client comes back over TCP; the
 * others are not sent. Time comes from outside; one thread's, of fixed size, and two networks that fall together share a count only until the
 * next of them asks.
 */
final class RateLimit {
    private static final int SLOTS = 1 << 14;
    private static final long SECOND = 1_000_000_000L;
    private static final int TRUNCATED = 0x02;
    private static final int AUTHORITATIVE = 0x04;

    private final DnsConfig.RateLimit config;
    private final long secret = ThreadLocalRandom.current().nextLong();
    private final long[] keys = new long[SLOTS];
    /** Nanoseconds of answering left; each answer takes what lies between two at the permitted rate. */
    private final long[] credits = new long[SLOTS];

    private final long[] times = new long[SLOTS];
    private final int[] refused = new int[SLOTS];
    private final long cost;
    private int last;

    /** What counts apart, so that a flood of one kind leaves the others alone. */
    enum Kind {
        POSITIVE,
        REFERRAL,
        NO_DATA,
        NO_NAME,
        ERROR
    }

    RateLimit(DnsConfig.RateLimit config) {
        this.config = config;
        this.cost = config.isOn() ? SECOND / config.responsesPerSecond() : 0;
    }

    /**
     * Lets an answer pass, truncates it, or holds it back.
     *
     * @param octets in which the answer begins at {@code from}
     * @param high the first half of the address that it goes to, as octets in little-endian order; for IPv4 the whole
     * @param nanos the machine's monotonic time
     * @return the length that is to be sent; 0 for nothing
     */
    int limited(ByteBuffer octets, int from, int length, boolean ipv6, long high, long nanos) {
        if (cost == 0 || length < Query.HEADER || passes(network(ipv6, high), kind(octets, from), nanos)) {
            return length;
        }
        return slips() ? truncate(octets, from, length) : 0;
    }

    @SuppressWarnings("EnumOrdinal") // a number for a hash, kept nowhere
    private boolean passes(long network, Kind kind, long nanos) {
        long key = network * 31 + kind.ordinal() + 1;
        long mixed = (key ^ secret) * 0x9e37_79b9_7f4a_7c15L;
        int slot = (int) (mixed >>> 48) & (SLOTS - 1);
        last = slot;
        if (keys[slot] != key) {
            keys[slot] = key;
            credits[slot] = SECOND;
            times[slot] = nanos;
            refused[slot] = 0;
        }
        long credit = Math.min(SECOND, credits[slot] + Math.min(SECOND, nanos - times[slot]));
        times[slot] = nanos;
        boolean passes = credit >= cost;
        credits[slot] = passes ? credit - cost : credit;
        return passes;
    }

    private boolean slips() {
        return config.slip() > 0 && ++refused[last] % config.slip() == 0;
    }

    private long network(boolean ipv6, long high) {
        if (ipv6) {
            long address = Long.reverseBytes(high);
            return (address & (-1L << (Long.SIZE - config.ipv6Prefix()))) | 1;
        }
        int address = Integer.reverseBytes((int) high);
        return (long) (address & (-1 << (Integer.SIZE - config.ipv4Prefix()))) << 8;
    }

    private static Kind kind(ByteBuffer octets, int from) {
        int code = octets.get(from + 3) & 0xf;
        if (code == ResponseCode.NXDOMAIN) {
            return Kind.NO_NAME;
        } else if (code != ResponseCode.NOERROR) {
            return Kind.ERROR;
        } else if (octets.getShort(from + 6) != 0) {
            return Kind.POSITIVE;
        }
        boolean authoritative = (octets.get(from + 2) & AUTHORITATIVE) != 0;
        return authoritative || octets.getShort(from + 8) == 0 ? Kind.NO_DATA : Kind.REFERRAL;
    }

    /** Header and question alone, with TC. */
    private static int truncate(ByteBuffer octets, int from, int length) {
        int end = Query.HEADER;
        if (octets.get(from + 5) == 1) {
            while (end < length && octets.get(from + end) > 0) {
                end += octets.get(from + end) + 1;
            }
            end = Math.min(length, end + 5);
        }
        octets.put(from + 2, (byte) (octets.get(from + 2) | TRUNCATED));
        octets.putShort(from + 6, (short) 0);
        octets.putInt(from + 8, 0);
        return end;
    }
}
