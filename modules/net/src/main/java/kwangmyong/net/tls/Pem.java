package kwangmyong.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates as text, RFC 7468. Files are replaced whole: a reader sees the old or the new, never a part. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final String SEAL = "Seal: ";
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    private Pem() {}

    static String key(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String certificates(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException impossible) {
                throw new AssertionError(impossible); // it was parsed from its encoding
            }
        }
        return text.toString();
    }

    static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        Matcher block = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!block.find()) {
            throw new GeneralSecurityException(file + " holds no PKCS #8 private key");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    static List<X509Certificate> readCertificates(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : java.security.cert.CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            chain.add((X509Certificate) certificate);
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException(file + " holds no certificate");
        }
        return chain;
    }

    /** A key with the seal of what it was written with as explanatory text before it (RFC 7468 §2), which other programs skip. */
    static String sealedKey(ServerCredential credential) throws GeneralSecurityException {
        return SEAL + credential.seal() + "\n" + key(credential.privateKey());
    }

    /** Whether a key file bears the seal of this key and chain. */
    static boolean isSealed(Path keyFile, ServerCredential credential) throws IOException, GeneralSecurityException {
        return Files.readString(keyFile, StandardCharsets.US_ASCII).startsWith(SEAL + credential.seal() + "\n");
    }

    /** Readable by its owner alone (0600). */
    static void writeSecret(Path file, String text) throws IOException {
        write(file, text, "rw-------");
    }

    static void write(Path file, String text) throws IOException {
        write(file, text, "rw-r--r--");
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel out = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String block(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(encoded) + "\n-----END " + kind + "-----\n";
    }
}
