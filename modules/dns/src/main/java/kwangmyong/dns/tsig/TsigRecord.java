package kwangmyong.dns.tsig;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import kwangmyong.dns.zone.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The record that signs a message, RFC 8945 §4.2.
 *
 * @param name the key's, canonical
 * @param algorithm its name, canonical
 * @param time in seconds since 1970
 * @param fudge by how many seconds clocks may differ
 * @param originalId the message's before anybody forwarded it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TsigRecord(
        byte[] name, byte[] algorithm, long time, int fudge, byte[] mac, int originalId, int error, byte[] other) {
    static final int TYPE = 250;
    static final int FUDGE = 300;

    private static final int CLASS_ANY = 255;
    private static final int HEADER = 12;
    private static final int ADDITIONAL_COUNT = 10;

    /** The record that begins at {@code from} and ends the message; null when it is malformed. Names in it are not compressed (RFC 8945 §4.2). */
    static @Nullable TsigRecord read(byte[] message, int from, int end) {
        try {
            int at = nameEnd(message, from, end);
            byte[] name = DomainName.canonical(Arrays.copyOfRange(message, from, at));
            ByteBuffer in = ByteBuffer.wrap(message, at, end - at);
            if (in.getShort() != TYPE || in.getShort() != CLASS_ANY || in.getInt() != 0) {
                return null;
            }
            if (Short.toUnsignedInt(in.getShort()) != in.remaining()) {
                return null;
            }
            int algorithmEnd = nameEnd(message, in.position(), end);
            byte[] algorithm = DomainName.canonical(Arrays.copyOfRange(message, in.position(), algorithmEnd));
            in.position(algorithmEnd);
            long time = ((long) Short.toUnsignedInt(in.getShort()) << 32) | Integer.toUnsignedLong(in.getInt());
            int fudge = Short.toUnsignedInt(in.getShort());
            byte[] mac = octets(in);
            int id = Short.toUnsignedInt(in.getShort());
            int error = Short.toUnsignedInt(in.getShort());
            byte[] other = octets(in);
            return in.hasRemaining() ? null : new TsigRecord(name, algorithm, time, fudge, mac, id, error, other);
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException tooShort) {
            return null;
        }
    }

    private static int nameEnd(byte[] message, int from, int end) {
        int at = from;
        while (at < end && message[at] != 0) {
            if (message[at] < 0 || message[at] > DomainName.MAX_LABEL) {
                throw new IllegalArgumentException("a compressed name");
            }
            at += message[at] + 1;
        }
        if (at >= end || at - from >= DomainName.MAX_LENGTH) {
            throw new IllegalArgumentException("a name without an end");
        }
        return at + 1;
    }

    private static byte[] octets(ByteBuffer in) {
        byte[] octets = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)];
        in.get(octets);
        return octets;
    }

    /** The octets that the record takes in a message. */
    static int length(TsigKey key) {
        return key.wire().length
                + 10
                + key.algorithm().word().length()
                + 2
                + 16
                + key.algorithm().length()
                + 6;
    }

    /** The message with this record behind it. */
    byte[] appendedTo(byte[] message, int length) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(length + name.length + algorithm.length + mac.length + 32);
        out.write(message, 0, length);
        out.writeBytes(name);
        put(out, TYPE);
        put(out, CLASS_ANY);
        put(out, 0);
        put(out, 0);
        put(out, algorithm.length + 16 + mac.length + other.length);
        out.writeBytes(algorithm);
        putTimers(out);
        put(out, mac.length);
        out.writeBytes(mac);
        put(out, originalId);
        put(out, error);
        put(out, other.length);
        out.writeBytes(other);
        byte[] signed = out.toByteArray();
        count(signed, 1);
        return signed;
    }

    /** What is signed beside the message, RFC 8945 §4.3.3. */
    byte[] variables() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.writeBytes(name);
        put(out, CLASS_ANY);
        put(out, 0);
        put(out, 0);
        out.writeBytes(algorithm);
        putTimers(out);
        put(out, error);
        put(out, other.length);
        out.writeBytes(other);
        return out.toByteArray();
    }

    /** What is signed beside the further messages of a stream, RFC 8945 §5.3.1. */
    byte[] timers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8);
        putTimers(out);
        return out.toByteArray();
    }

    /** A message as it was before it was signed: without the record at {@code from}, with its original number. */
    byte[] unsigned(byte[] message, int from) {
        byte[] plain = Arrays.copyOf(message, Math.max(from, HEADER));
        plain[0] = (byte) (originalId >> 8);
        plain[1] = (byte) originalId;
        count(plain, -1);
        return plain;
    }

    private static void count(byte[] message, int change) {
        int count = (((message[ADDITIONAL_COUNT] & 0xff) << 8) | (message[ADDITIONAL_COUNT + 1] & 0xff)) + change;
        message[ADDITIONAL_COUNT] = (byte) (count >> 8);
        message[ADDITIONAL_COUNT + 1] = (byte) count;
    }

    private void putTimers(ByteArrayOutputStream out) {
        put(out, (int) (time >>> 32));
        put(out, (int) (time >>> 16));
        put(out, (int) time);
        put(out, fudge);
    }

    private static void put(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
