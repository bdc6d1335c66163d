package kwangmyong.dns;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks server cookies (RFC 7873) in the form that servers share (RFC 9018 §4). A cookie says nothing of its client but that it
 * can be reached at its address. The secret is random, a new one each day of the lab's clock; the one before counts for as long as cookies
 * made with it do. Any thread may use it.
 */
final class ServerCookies {
    /** The octets of a client's cookie, RFC 7873 §4. */
    static final int CLIENT = 8;

    /** The octets of a server's cookie as made here. */
    static final int SERVER = 16;

    private static final int VERSION = 1;
    private static final int STAMPED = 8; // version, reserved, timestamp
    private static final int SECOND_HALF_SECONDS = 1800;
    private static final int OLDEST_SECONDS = 3600;
    private static final int NEWEST_SECONDS = 300;
    private static final long ROLL_SECONDS = 86_400;

    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable Secrets secrets;

    /** What cookies are made with, and were before. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Secrets(byte[] current, byte @Nullable [] before, long since) {}

    /** Secrets that are made when first needed. */
    ServerCookies() {}

    /** For test vectors: begins with these. */
    ServerCookies(byte[] current, byte @Nullable [] before, Instant since) {
        secrets = new Secrets(current.clone(), before == null ? null : before.clone(), since.getEpochSecond());
    }

    /**
     * Whether a server cookie is one that was made here for this client, not long ago (RFC 9018 §4.3).
     *
     * @param cookie client's and server's, as the option carries them
     */
    boolean accepts(byte[] cookie, InetAddress client, Instant when) {
        if (cookie.length != CLIENT + SERVER || cookie[CLIENT] != VERSION) {
            return false;
        }
        int age = age(cookie, when);
        if (age > OLDEST_SECONDS || age < -NEWEST_SECONDS) {
            return false;
        }
        Secrets known = secrets(when);
        byte[] stamp = Arrays.copyOf(cookie, CLIENT + STAMPED);
        byte[] hash = Arrays.copyOfRange(cookie, CLIENT + STAMPED, cookie.length);
        byte[] before = known.before();
        return MessageDigest.isEqual(hash, hash(known.current(), stamp, client))
                || (before != null && MessageDigest.isEqual(hash, hash(before, stamp, client)));
    }

    /** In serial number arithmetic, as RFC 9018 §4.3 asks. */
    private static int age(byte[] cookie, Instant when) {
        return (int) when.getEpochSecond() - ByteBuffer.wrap(cookie).getInt(CLIENT + 4);
    }

    /**
     * The option for an answer: the client's cookie, and a server's. One that was accepted goes on for its first half hour.
     *
     * @param cookie as it came; the client's alone, or with a server's
     */
    byte[] answer(byte[] cookie, boolean accepted, InetAddress client, Instant when) {
        if (accepted && age(cookie, when) <= SECOND_HALF_SECONDS) {
            return cookie;
        }
        byte[] stamp = ByteBuffer.allocate(CLIENT + STAMPED)
                .put(cookie, 0, CLIENT)
                .put((byte) VERSION)
                .put(new byte[3])
                .putInt((int) when.getEpochSecond())
                .array();
        return ByteBuffer.allocate(CLIENT + SERVER)
                .put(stamp)
                .put(hash(secrets(when).current(), stamp, client))
                .array();
    }

    private static byte[] hash(byte[] secret, byte[] stamp, InetAddress client) {
        byte[] address = client.getAddress();
        byte[] input = Arrays.copyOf(stamp, stamp.length + address.length);
        System.arraycopy(address, 0, input, stamp.length, address.length);
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SipHash.of(secret, input))
                .array();
    }

    private Secrets secrets(Instant when) {
        Secrets known = secrets;
        return known == null || Math.abs(when.getEpochSecond() - known.since()) >= ROLL_SECONDS ? rolled(when) : known;
    }

    private synchronized Secrets rolled(Instant when) {
        Secrets known = secrets;
        if (known != null && Math.abs(when.getEpochSecond() - known.since()) < ROLL_SECONDS) {
            return known; // another thread was here first
        }
        byte[] fresh = new byte[SipHash.KEY];
        random.nextBytes(fresh);
        Secrets next = new Secrets(fresh, known == null ? null : known.current(), when.getEpochSecond());
        secrets = next;
        return next;
    }
}
