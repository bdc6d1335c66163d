package kwangmyong.dns.sign;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kwangmyong.dns.zone.DomainName;

/**
 * Where keys outlive the process: two files a key, named and written as BIND's tools do ({@code Kkp.+013+12345.key} and {@code .private}),
 * so that {@code dnssec-signzone} and {@code ldns-signzone} take them. Reads and writes the disk: not for an event loop.
 */
public final class KeyFolder {
    private static final Pattern SECRET = Pattern.compile("(?m)^PrivateKey: ([A-Za-z0-9+/=]+)$");
    private static final Pattern PUBLIC =
            Pattern.compile("(?m)^\\S+\\.? (?:\\d+ )?IN DNSKEY 257 3 \\d+ ([A-Za-z0-9+/= ]+)$");
    private static final String BELONGS_TO = "; of the secret whose SHA-256 is ";
    private static final String LOCK = ".lock";
    private static final String OWNER_ONLY = "rw-------";

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * The key of a zone for an algorithm, made when there is none yet.
     *
     * @param zone its name, uncompressed
     * @throws IOException when its files cannot be read or written, are damaged, or do not belong together; the message names the file
     */
    public synchronized ZoneKey key(byte[] zone, Algorithm algorithm) throws IOException {
        String stem = "K" + DomainName.text(zone, 0).replace('/', '_') + ".+"
                + String.format(Locale.ROOT, "%03d", algorithm.number()) + "+";
        try {
            return secrets(stem).isEmpty() ? madeOnce(zone, algorithm, stem) : kept(zone, algorithm, stem);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("no key for the zone " + DomainName.text(zone, 0) + ": " + unusable, unusable);
        }
    }

    private ZoneKey kept(byte[] zone, Algorithm algorithm, String stem) throws IOException, GeneralSecurityException {
        List<Path> secrets = secrets(stem);
        if (secrets.size() > 1) {
            throw new IOException("more than one key for the zone " + DomainName.text(zone, 0) + ": " + secrets);
        }
        return read(zone, algorithm, secrets.get(0));
    }

    /** Two processes that come at once, a lab and whoever wants its trust anchors, get the same key. */
    private ZoneKey madeOnce(byte[] zone, Algorithm algorithm, String stem)
            throws IOException, GeneralSecurityException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), options, ownerOnly);
                FileLock held = channel.lock()) {
            if (held.isValid() && secrets(stem).isEmpty()) {
                return make(zone, algorithm, stem);
            }
            return kept(zone, algorithm, stem);
        }
    }

    private List<Path> secrets(String stem) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().startsWith(stem)
                            && file.getFileName().toString().endsWith(".private"))
                    .forEach(found::add);
        }
        return found;
    }

    private ZoneKey make(byte[] zone, Algorithm algorithm, String stem) throws IOException, GeneralSecurityException {
        KeyPair pair = algorithm.newKeys();
        byte[] secret = algorithm.octets(pair.getPrivate());
        ZoneKey key = new ZoneKey(zone, algorithm, algorithm.octets(pair.getPublic()), secret);
        String name = stem + String.format(Locale.ROOT, "%05d", key.tag());
        // The public half first: a secret on disk then always has it.
        write(folder.resolve(name + ".key"), BELONGS_TO + seal(secret) + "\n" + TrustAnchors.dnskey(key) + "\n");
        write(folder.resolve(name + ".private"), """
                Private-key-format: v1.3
                Algorithm: %d (%s)
                PrivateKey: %s
                """.formatted(
                        algorithm.number(), algorithm, Base64.getEncoder().encodeToString(secret)));
        return key;
    }

    private static ZoneKey read(byte[] zone, Algorithm algorithm, Path secretFile)
            throws IOException, GeneralSecurityException {
        String name = secretFile.getFileName().toString();
        Path publicFile = secretFile.resolveSibling(name.replaceFirst("\\.private$", ".key"));
        String publicText = text(publicFile);
        byte[] secret = decoded(secretFile, SECRET.matcher(text(secretFile)), Algorithm.SECRET_LENGTH);
        byte[] open = decoded(publicFile, PUBLIC.matcher(publicText), algorithm.publicLength());
        if (!publicText.startsWith(BELONGS_TO + seal(secret) + "\n") && !isPair(algorithm, open, secret)) {
            throw new IOException(publicFile + " is not the public half of " + secretFile
                    + "; remove both for a new key, which every trust anchor must then follow");
        }
        return new ZoneKey(zone, algorithm, open, secret);
    }

    /** Tells that a public half was written for this secret, without the arithmetic that would show it of any two. */
    private static String seal(byte[] secret) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
    }

    /** Whether two halves that something else has written belong together. */
    private static boolean isPair(Algorithm algorithm, byte[] open, byte[] secret) throws GeneralSecurityException {
        byte[] probe = {1};
        return algorithm.verifies(
                algorithm.publicKey(open), probe, algorithm.sign(algorithm.privateKey(secret), probe));
    }

    private static byte[] decoded(Path file, Matcher found, int length) throws IOException {
        if (found.find()) {
            try {
                byte[] octets = Base64.getDecoder().decode(found.group(1).replace(" ", ""));
                if (octets.length == length) {
                    return octets;
                }
            } catch (IllegalArgumentException notBase64) {
                throw damaged(file);
            }
        }
        throw damaged(file);
    }

    private static IOException damaged(Path file) {
        return new IOException(file + " holds no key that can be read; restore it, or remove it and its other half");
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no " + file + "; restore it, or remove its other half for a new key");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** Replaces a file that only its owner may read, all of it or nothing. */
    static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
