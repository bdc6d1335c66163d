package kwangmyong.net.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of the lab's own, made on first use and kept in a directory as {@code NAME.key} and {@code NAME.crt} (PEM). What it
 * issues is kept below {@code NAME/}, so that clients which pinned a certificate meet it again after a restart. Keys are ECDSA on P-256,
 * certificates follow RFC 5280. Times are of the machine's clock, not the lab's, because programs outside the lab check them.
 *
 * <p>Any thread may call it. Files are read and written on the caller's thread.
 */
public final class Authority {
    /** How long an authority is believed. */
    public static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3_650);

    /** How long an issued certificate is believed: the most that browsers accept is 398 days. */
    public static final Duration LEAF_LIFETIME = Duration.ofDays(397);

    /** A certificate with less than this left is issued anew. */
    public static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final String name;
    private final Path directory;
    private final Clock clock;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private Authority(String name, Path directory, Clock clock, KeyPair keys, X509Certificate certificate) {
        this.name = name;
        this.directory = directory;
        this.clock = clock;
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Loads the authority {@code name} from {@code directory}, or makes it there.
     *
     * @param name one word for file names: {@code garden}
     * @param title what people read in the certificate: {@code Kwangmyong Lab garden authority}
     * @throws IOException when files cannot be read or written, do not fit together, or hold an authority that has expired
     */
    public static Authority open(Path directory, String name, String title) throws IOException {
        return open(directory, name, title, Clock.systemUTC());
    }

    static Authority open(Path directory, String name, String title, Clock clock) throws IOException {
        createPrivate(directory);
        Path keyFile = directory.resolve(fileName(name) + ".key");
        Path certificateFile = directory.resolve(name + ".crt");
        try {
            if (Files.exists(certificateFile) && Files.exists(keyFile)) {
                return load(directory, name, clock, keyFile, certificateFile);
            }
            CertificateFactory maker = new CertificateFactory(clock);
            KeyPair keys = CertificateFactory.newKeys();
            X509Certificate certificate = maker.authority(title, keys, AUTHORITY_LIFETIME);
            // The key first: a certificate on disk then always has its key.
            Files.deleteIfExists(certificateFile);
            Pem.writeSecret(keyFile, Pem.sealedKey(new ServerCredential(keys.getPrivate(), List.of(certificate))));
            Pem.write(certificateFile, Pem.certificates(List.of(certificate)));
            return new Authority(name, directory, clock, keys, certificate);
        } catch (GeneralSecurityException broken) {
            throw new IOException(
                    "the authority in " + certificateFile + " cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static Authority load(Path directory, String name, Clock clock, Path keyFile, Path certificateFile)
            throws IOException, GeneralSecurityException {
        ServerCredential kept = new ServerCredential(Pem.readKey(keyFile), Pem.readCertificates(certificateFile));
        X509Certificate certificate = kept.certificate();
        if (!Pem.isSealed(keyFile, kept) && !kept.fitsTogether()) {
            throw new IOException(
                    keyFile + " is not the key of " + certificateFile + "; remove both to make a new authority");
        }
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new IOException(certificateFile + " has expired; remove it and its key to make a new authority");
        }
        return new Authority(
                name, directory, clock, new KeyPair(certificate.getPublicKey(), kept.privateKey()), certificate);
    }

    /** What clients must trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * A key and certificate for a TLS server: the one kept under {@code label} while it names exactly the same and lasts, else a new one.
     *
     * @param label tells one server's from another's: {@code mail}; lower case, digits, dots and hyphens
     * @param dnsNames names it answers to, the first being its common name; internationalised names as A-labels
     * @param addresses addresses it answers at
     * @throws IOException when it cannot be kept on disk
     */
    public synchronized ServerCredential issue(String label, List<String> dnsNames, List<InetAddress> addresses)
            throws IOException {
        Path home = directory.resolve(name);
        createPrivate(home);
        Path keyFile = home.resolve(fileName(label) + ".key");
        Path certificateFile = home.resolve(label + ".crt");
        SubjectNames names = new SubjectNames(dnsNames, addresses);
        ServerCredential kept = kept(keyFile, certificateFile);
        if (kept != null && stillServes(kept, keyFile, names)) {
            return kept;
        }
        ServerCredential fresh = issueUnkept(dnsNames, addresses);
        Files.deleteIfExists(certificateFile);
        try {
            Pem.writeSecret(keyFile, Pem.sealedKey(fresh));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256, and the certificate was just encoded
        }
        Pem.write(certificateFile, fresh.chainPem());
        return fresh;
    }

    /** As {@link #issue}, always new and never written to disk: for names that come by, as an interceptor meets them. */
    public ServerCredential issueUnkept(List<String> dnsNames, List<InetAddress> addresses) {
        try {
            KeyPair leaf = CertificateFactory.newKeys();
            X509Certificate issued = new CertificateFactory(clock)
                    .server(new SubjectNames(dnsNames, addresses), leaf, keys, certificate, LEAF_LIFETIME);
            return new ServerCredential(leaf.getPrivate(), List.of(issued, certificate));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate for " + dnsNames + " cannot be issued", broken);
        }
    }

    /**
     * A key and certificate for a client that is known by a name, always new and never kept here.
     *
     * @param dnsName what it is known by; no host needs to have the name
     */
    public ServerCredential issueClient(String dnsName) {
        try {
            KeyPair leaf = CertificateFactory.newKeys();
            X509Certificate issued = new CertificateFactory(clock)
                    .client(new SubjectNames(List.of(dnsName), List.of()), leaf, keys, certificate, LEAF_LIFETIME);
            return new ServerCredential(leaf.getPrivate(), List.of(issued, certificate));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate for " + dnsName + " cannot be issued", broken);
        }
    }

    /** This authority's certificate as text (RFC 7468). */
    public String pem() {
        return Pem.certificates(List.of(certificate));
    }

    /** Writes this authority's certificate, never its key, to {@code target/NAME.crt}. */
    public Path exportTo(Path target) throws IOException {
        Files.createDirectories(target);
        Path file = target.resolve(name + ".crt");
        Pem.write(file, pem());
        return file;
    }

    private static @Nullable ServerCredential kept(Path keyFile, Path certificateFile) throws IOException {
        if (!Files.exists(keyFile) || !Files.exists(certificateFile)) {
            return null;
        }
        try {
            return new ServerCredential(Pem.readKey(keyFile), Pem.readCertificates(certificateFile));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return null; // cut short by a crash or edited by hand: a new one takes its place
        }
    }

    private boolean stillServes(ServerCredential kept, Path keyFile, SubjectNames names) throws IOException {
        X509Certificate leaf = kept.certificate();
        try {
            return kept.chain().get(kept.chain().size() - 1).equals(certificate)
                    && names.equals(SubjectNames.of(leaf))
                    && leaf.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE))
                    && (Pem.isSealed(keyFile, kept) || isOurs(kept));
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    private boolean isOurs(ServerCredential kept) throws GeneralSecurityException {
        kept.certificate().verify(certificate.getPublicKey());
        return kept.fitsTogether();
    }

    private static String fileName(String text) {
        if (!FILE_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "label: " + text + " (expected: lower case letters, digits, dots and hyphens, at most 64)");
        }
        return text;
    }

    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rwx------"))));
        }
    }
}
