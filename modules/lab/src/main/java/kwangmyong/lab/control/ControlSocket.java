package kwangmyong.lab.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where a lab's control socket is. */
final class ControlSocket {
    /** A Unix socket's path is at most 107 bytes (unix(7), {@code sun_path}); some systems have fewer. */
    private static final int MAX_PATH_BYTES = 100;

    private ControlSocket() {}

    /** The socket in a lab's run folder, or, where that path is too long for a socket, one of a name derived from it in a private folder. */
    static UnixDomainSocketAddress address(Path runFolder) {
        Path direct = runFolder.toAbsolutePath().normalize().resolve("control.sock");
        if (direct.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
            return UnixDomainSocketAddress.of(direct);
        }
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "kwm-" + System.getProperty("user.name", "user"));
        return UnixDomainSocketAddress.of(folder.resolve(digest(direct.toString()) + ".sock"));
    }

    /** Makes the folder of a socket, readable by its owner alone. */
    static void prepare(UnixDomainSocketAddress address) throws IOException {
        Path folder = address.getPath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.deleteIfExists(address.getPath());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
