package kwangmyong.dns.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** How signatures are made: the two algorithms that RFC 8624 §3.1 wants for new zones, both of the JDK's own. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the prefixes
public enum Algorithm {
    /** ECDSA on P-256 with SHA-256, RFC 6605. */
    ECDSAP256SHA256(
            13,
            "EC",
            "SHA256withECDSAinP1363Format",
            64,
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
            "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"),
    /** Ed25519, RFC 8080. */
    ED25519(15, "Ed25519", "Ed25519", 32, "302a300506032b6570032100", "302e020100300506032b657004220420");

    /** Octets of a private key of either. */
    static final int SECRET_LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int number;
    private final String keyName;
    private final String signatureName;
    private final int publicLength;
    private final byte[] publicPrefix;
    private final byte[] secretPrefix;

    /**
     * @param publicPrefix what precedes the key in X.509's SubjectPublicKeyInfo, which the JDK reads and writes
     * @param secretPrefix what precedes the key in PKCS #8, likewise
     */
    Algorithm(
            int number,
            String keyName,
            String signatureName,
            int publicLength,
            String publicPrefix,
            String secretPrefix) {
        this.number = number;
        this.keyName = keyName;
        this.signatureName = signatureName;
        this.publicLength = publicLength;
        this.publicPrefix = HexFormat.of().parseHex(publicPrefix);
        this.secretPrefix = HexFormat.of().parseHex(secretPrefix);
    }

    /** As in DNSKEY, DS and RRSIG. */
    public int number() {
        return number;
    }

    /** Octets of a public key in a DNSKEY record. */
    int publicLength() {
        return publicLength;
    }

    KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyName);
        if (this == ECDSAP256SHA256) {
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        } else {
            generator.initialize(255, RANDOM);
        }
        return generator.generateKeyPair();
    }

    /** The key as a DNSKEY record has it. */
    byte[] octets(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - publicLength, encoded.length);
    }

    /** The number that is the secret. */
    byte[] octets(PrivateKey key) {
        if (key instanceof EdECPrivateKey edwards) {
            return edwards.getBytes().orElseThrow();
        }
        byte[] number =
                ((ECPrivateKey) key).getS().toByteArray(); // with a zero before it, or shorter than it should be
        byte[] octets = new byte[SECRET_LENGTH];
        int length = Math.min(number.length, SECRET_LENGTH);
        System.arraycopy(number, number.length - length, octets, SECRET_LENGTH - length, length);
        return octets;
    }

    PublicKey publicKey(byte[] octets) throws GeneralSecurityException {
        return KeyFactory.getInstance(keyName).generatePublic(new X509EncodedKeySpec(join(publicPrefix, octets)));
    }

    PrivateKey privateKey(byte[] octets) {
        try {
            return KeyFactory.getInstance(keyName).generatePrivate(new PKCS8EncodedKeySpec(join(secretPrefix, octets)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("32 octets are no private key", impossible); // to either algorithm they are
        }
    }

    /** A signature as an RRSIG record has it: for ECDSA two numbers of equal length, not the usual DER. */
    byte[] sign(PrivateKey key, byte[] octets) {
        try {
            Signature signature = Signature.getInstance(signatureName);
            signature.initSign(key, RANDOM);
            signature.update(octets);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key that was tried signs no more", impossible);
        }
    }

    boolean verifies(PublicKey key, byte[] octets, byte[] made) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(signatureName);
        signature.initVerify(key);
        signature.update(octets);
        return signature.verify(made);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
