package kwangmyong.dns.zone;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How a zone hashes its names: SHA-1, over and over, with a salt (RFC 5155 §5). RFC 9276 §3.1 wants no salt and no second time. */
public final class Nsec3Hash {
    /** Signing here: no salt, hashed once. */
    public static final Nsec3Hash PLAIN = new Nsec3Hash(new byte[0], 0);

    /** More iterations than this a zone may not ask for: each costs this server as much as the asker pleases. */
    static final int MAX_ITERATIONS = 150;

    private static final int SHA1 = 1;
    private static final int FIXED = 5; // algorithm, flags, iterations, length of the salt

    private final byte[] salt;
    private final int iterations;

    private Nsec3Hash(byte[] salt, int iterations) {
        this.salt = salt;
        this.iterations = iterations;
    }

    /**
     * Reads the beginning that the data of NSEC3 and NSEC3PARAM have in common.
     *
     * @throws IllegalArgumentException saying why, when this server does not hash so
     */
    static Nsec3Hash read(byte[] data) {
        if (data.length < FIXED || data.length < FIXED + (data[4] & 0xff)) {
            throw new IllegalArgumentException("the data ends early");
        }
        int iterations = ((data[2] & 0xff) << 8) | (data[3] & 0xff);
        if (data[0] != SHA1) {
            throw new IllegalArgumentException("hash algorithm " + (data[0] & 0xff) + " (expected: 1)");
        }
        if (iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    iterations + " iterations (expected: at most " + MAX_ITERATIONS + "; RFC 9276 recommends 0)");
        }
        return new Nsec3Hash(Arrays.copyOfRange(data, FIXED, FIXED + (data[4] & 0xff)), iterations);
    }

    /** Whether the data of an NSEC3 record begins with these parameters, its flags aside. */
    boolean isOf(byte[] data) {
        return data.length >= FIXED + salt.length
                && data[0] == SHA1
                && (((data[2] & 0xff) << 8) | (data[3] & 0xff)) == iterations
                && (data[4] & 0xff) == salt.length
                && Arrays.equals(data, FIXED, FIXED + salt.length, salt, 0, salt.length);
    }

    /** The hash of a name that is uncompressed and in lower case; 20 octets. */
    public byte[] of(byte[] name) {
        MessageDigest digest = sha1();
        byte[] hashed = name;
        for (int i = 0; i <= iterations; i++) {
            digest.update(hashed);
            hashed = digest.digest(salt);
        }
        return hashed;
    }

    /** What NSEC3 and NSEC3PARAM data begin with. */
    public byte[] parameters() {
        byte[] data = new byte[FIXED + salt.length];
        data[0] = SHA1;
        data[2] = (byte) (iterations >> 8);
        data[3] = (byte) iterations;
        data[4] = (byte) salt.length;
        System.arraycopy(salt, 0, data, FIXED, salt.length);
        return data;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every Java has it
        }
    }
}
