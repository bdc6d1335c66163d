package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The Ed25519 key pair (RFC 8032) that signs checkpoints: {@code journal.key} and {@code journal.pub} as PEM (RFC 7468). */
final class JournalKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String PRIVATE = "journal.key";
    private static final String PUBLIC = "journal.pub";

    private final PrivateKey signing;
    private final PublicKey verifying;

    private JournalKey(PrivateKey signing, PublicKey verifying) {
        this.signing = signing;
        this.verifying = verifying;
    }

    /** Reads the pair from {@code folder}, or makes one there. */
    static JournalKey in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            if (!Files.exists(folder.resolve(PRIVATE))) {
                KeyPair fresh = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                AtomicFile.write(
                        folder.resolve(PUBLIC),
                        pem("PUBLIC KEY", fresh.getPublic().getEncoded()));
                AtomicFile.write(
                        folder.resolve(PRIVATE),
                        pem("PRIVATE KEY", fresh.getPrivate().getEncoded()));
            }
            PrivateKey signing = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(der(folder.resolve(PRIVATE))));
            return new JournalKey(signing, publicIn(folder));
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the journal's key under " + folder + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** Reads the public half: all that verifying needs. */
    static PublicKey publicIn(Path folder) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(der(folder.resolve(PUBLIC))));
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "the journal's key under " + folder + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    PublicKey verifying() {
        return verifying;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // the key was made for it
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] sign) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(sign);
        } catch (GeneralSecurityException malformed) {
            return false; // a signature that cannot be one
        }
    }

    private static byte[] pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException(file.getFileName() + " is not PEM", notBase64);
        }
    }
}
