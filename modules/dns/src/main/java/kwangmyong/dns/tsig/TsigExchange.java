package kwangmyong.dns.tsig;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * One signed exchange, from either end: each message is bound to the one before it (RFC 8945 §5.3). Not for more than one thread.
 */
public final class TsigExchange {
    /** Errors of RFC 8945 §3. */
    public static final int BADSIG = 16;

    public static final int BADKEY = 17;
    public static final int BADTIME = 18;
    public static final int BADTRUNC = 22;

    /** Not an error of TSIG's: the record itself cannot be read. */
    public static final int MALFORMED = -1;

    /** As dig shows it. */
    public static String word(int error) {
        return switch (error) {
            case BADSIG -> "BADSIG";
            case BADKEY -> "BADKEY";
            case BADTIME -> "BADTIME";
            case BADTRUNC -> "BADTRUNC";
            default -> "error " + error;
        };
    }

    private static final int LEAST_MAC = 10;
    private static final int TIME_OCTETS = 6;

    private final TsigKey key;
    private byte[] before = {};
    private boolean isFirst = true;

    /** An exchange that this end begins. */
    public TsigExchange(TsigKey key) {
        this.key = key;
    }

    public TsigKey key() {
        return key;
    }

    /** The octets by which signing makes a message longer. */
    public int overhead() {
        return TsigRecord.length(key);
    }

    /** A message with its signature. */
    public byte[] sign(byte[] message, int length, Instant now) {
        return sign(message, length, now.getEpochSecond(), 0, new byte[0]);
    }

    private byte[] sign(byte[] message, int length, long time, int error, byte[] other) {
        int id = ((message[0] & 0xff) << 8) | (message[1] & 0xff);
        TsigRecord unsigned = record(key, time, new byte[0], id, error, other);
        byte[] mac = mac(Arrays.copyOf(message, length), unsigned);
        remember(mac);
        return record(key, time, mac, id, error, other).appendedTo(message, length);
    }

    private static TsigRecord record(TsigKey key, long time, byte[] mac, int id, int error, byte[] other) {
        return new TsigRecord(key.wire(), algorithm(key), time, TsigRecord.FUDGE, mac, id, error, other);
    }

    private static byte[] algorithm(TsigKey key) {
        byte[] word = key.algorithm().word().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] wire = new byte[word.length + 2];
        wire[0] = (byte) word.length;
        System.arraycopy(word, 0, wire, 1, word.length);
        return wire;
    }

    /**
     * Checks a message that belongs to this exchange.
     *
     * @param signatureAt where its TSIG record begins, which ends it
     * @return 0, an error, or {@link #MALFORMED}
     */
    public int verify(byte[] message, int length, int signatureAt, Instant now) {
        TsigRecord record = TsigRecord.read(message, signatureAt, length);
        return record == null ? MALFORMED : verify(message, signatureAt, record, now);
    }

    private int verify(byte[] message, int signatureAt, TsigRecord record, Instant now) {
        if (!Arrays.equals(record.name(), key.wire()) || !Arrays.equals(record.algorithm(), algorithm(key))) {
            return BADKEY;
        }
        int whole = key.algorithm().length();
        int given = record.mac().length;
        if (given > whole || given < Math.max(LEAST_MAC, whole / 2)) {
            return given == 0 ? BADSIG : MALFORMED; // RFC 8945 §5.2.2.1
        }
        byte[] mac = mac(record.unsigned(message, signatureAt), record);
        if (!MessageDigest.isEqual(Arrays.copyOf(mac, given), record.mac())) {
            return BADSIG;
        }
        remember(record.mac());
        if (given < whole) {
            return BADTRUNC;
        }
        return Math.abs(now.getEpochSecond() - record.time()) > record.fudge() ? BADTIME : 0;
    }

    private byte[] mac(byte[] message, TsigRecord record) {
        Mac mac = key.algorithm().mac(key.secret());
        if (before.length > 0) {
            mac.update((byte) (before.length >> 8));
            mac.update((byte) before.length);
            mac.update(before);
        }
        mac.update(message);
        return mac.doFinal(isFirst || before.length == 0 ? record.variables() : record.timers());
    }

    /** The first answer is signed with all variables, those behind it with the times alone. */
    private void remember(byte[] mac) {
        isFirst = before.length == 0;
        before = mac;
    }

    /** What came of a request's signature. */
    public static final class Received {
        private final @Nullable TsigExchange exchange;
        private final int error;
        private final TsigRecord record;

        private Received(@Nullable TsigExchange exchange, int error, TsigRecord record) {
            this.exchange = exchange;
            this.error = error;
            this.record = record;
        }

        /** 0 when the signature holds. */
        public int error() {
            return error;
        }

        /** The exchange that answers go on with; null when nothing is known to sign them with. */
        public @Nullable TsigExchange exchange() {
            return error == 0 ? exchange : null;
        }

        /** The name of the key that was used, as rules write names. */
        public String keyName() {
            return kwangmyong.dns.zone.DomainName.text(record.name(), 0);
        }

        /** The answer to a signature that does not hold: unsigned, or signed where only the times differ (RFC 8945 §5.2). */
        public byte[] refusal(byte[] response, int length, Instant now) {
            TsigExchange known = exchange;
            if (known != null && (error == BADTIME || error == BADTRUNC)) {
                return known.sign(response, length, record.time(), error, error == BADTIME ? time(now) : new byte[0]);
            }
            return new TsigRecord(
                            record.name(),
                            record.algorithm(),
                            now.getEpochSecond(),
                            TsigRecord.FUDGE,
                            new byte[0],
                            record.originalId(),
                            error,
                            new byte[0])
                    .appendedTo(response, length);
        }

        private static byte[] time(Instant now) {
            byte[] octets = new byte[TIME_OCTETS];
            long seconds = now.getEpochSecond();
            for (int i = 0; i < TIME_OCTETS; i++) {
                octets[i] = (byte) (seconds >>> (8 * (TIME_OCTETS - 1 - i)));
            }
            return octets;
        }
    }

    /** Checks a request; null when its record cannot be read at all. */
    static @Nullable Received receive(TsigKeys keys, byte[] message, int length, int signatureAt, Instant now) {
        TsigRecord record = TsigRecord.read(message, signatureAt, length);
        if (record == null) {
            return null;
        }
        TsigKey key = keys.find(record.name());
        if (key == null) {
            return new Received(null, BADKEY, record);
        }
        TsigExchange exchange = new TsigExchange(key);
        int error = exchange.verify(message, signatureAt, record, now);
        return error == MALFORMED ? null : new Received(exchange, error, record);
    }
}
