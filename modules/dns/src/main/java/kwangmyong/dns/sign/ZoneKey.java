package kwangmyong.dns.sign;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import kwangmyong.dns.zone.DomainName;
import org.jspecify.annotations.Nullable;

/** The one key of a zone, which signs both its keys and its data. */
public final class ZoneKey {
    private static final int FLAGS_ZONE_AND_ENTRY_POINT = 257;
    private static final int PROTOCOL = 3;
    private static final int DNSKEY_FIXED = 4;
    private static final int SHA256 = 2;

    private final byte[] zone;
    private final Algorithm algorithm;
    private final byte[] dnskey;
    private final byte[] secret;
    private volatile @Nullable PrivateKey ready;

    /**
     * @param zone its name, uncompressed
     * @param publicKey as a DNSKEY record has it
     * @param secret the number that is the private key
     */
    ZoneKey(byte[] zone, Algorithm algorithm, byte[] publicKey, byte[] secret) {
        this.zone = DomainName.canonical(zone);
        this.algorithm = algorithm;
        this.dnskey = dnskey(algorithm, publicKey);
        this.secret = secret.clone();
    }

    static byte[] dnskey(Algorithm algorithm, byte[] publicKey) {
        byte[] data = new byte[DNSKEY_FIXED + publicKey.length];
        data[0] = (byte) (FLAGS_ZONE_AND_ENTRY_POINT >> 8);
        data[1] = (byte) FLAGS_ZONE_AND_ENTRY_POINT;
        data[2] = PROTOCOL;
        data[3] = (byte) algorithm.number();
        System.arraycopy(publicKey, 0, data, DNSKEY_FIXED, publicKey.length);
        return data;
    }

    /** The zone's name in lower case. */
    byte[] zone() {
        return zone.clone();
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** The private key; made of its number when it first signs, since making it loads much of the JDK. */
    PrivateKey secret() {
        PrivateKey known = ready;
        if (known == null) {
            known = algorithm.privateKey(secret);
            ready = known; // threads that race here make equal keys
        }
        return known;
    }

    /** The data of the zone's DNSKEY record. */
    public byte[] dnskey() {
        return dnskey.clone();
    }

    int tag() {
        return tag(dnskey);
    }

    /** Tells keys of one zone apart, if not for certain: RFC 4034, appendix B. */
    static int tag(byte[] dnskey) {
        int sum = 0;
        for (int i = 0; i < dnskey.length; i++) {
            sum += (i & 1) == 0 ? (dnskey[i] & 0xff) << 8 : dnskey[i] & 0xff;
        }
        return (sum + (sum >>> 16)) & 0xffff;
    }

    /** Whether a key is one that parents point to: a zone's, with the flag of an entry point (RFC 4034 §2.1.1), not revoked (RFC 5011). */
    static boolean isEntryPoint(byte[] dnskey) {
        return dnskey.length > DNSKEY_FIXED && (dnskey[0] & 1) != 0 && (dnskey[1] & 1) != 0 && (dnskey[1] & 0x80) == 0;
    }

    /**
     * The data of the DS record by which a parent vouches for a key: SHA-256, RFC 4509.
     *
     * @param zone the key's zone, uncompressed, in lower case
     */
    static byte[] ds(byte[] zone, byte[] dnskey) {
        MessageDigest digest = sha256();
        digest.update(zone);
        byte[] hash = digest.digest(dnskey);
        byte[] data = new byte[DNSKEY_FIXED + hash.length];
        int tag = tag(dnskey);
        data[0] = (byte) (tag >> 8);
        data[1] = (byte) tag;
        data[2] = dnskey[3];
        data[3] = SHA256;
        System.arraycopy(hash, 0, data, DNSKEY_FIXED, hash.length);
        return data;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every Java has it
        }
    }
}
