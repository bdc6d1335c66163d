package kwangmyong.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys by which operators know the console: Ed25519 (RFC 8709), and RSA for old clients, in files that only the owner reads. To make an RSA key
 * takes seconds, and to read one a third of a second in a JVM that has just started, so that it is offered only once it is there. A file is there
 * whole or not at all, and none appears once the keys are closed.
 */
final class HostKeys implements KeyPairProvider, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
    private static final int ED25519_BITS = 256;
    private static final int RSA_BITS = 3_072;

    private final Path folder;
    private volatile List<KeyPair> keys = List.of();
    /** Guarded by this, as is every write to the folder. */
    private boolean closed;

    private HostKeys(Path folder) {
        this.folder = folder;
    }

    /** Reads the Ed25519 key from {@code folder}, or makes it there. */
    static HostKeys in(Path folder) throws IOException {
        var read = new HostKeys(folder);
        read.keys = List.of(read.key("ssh_host_ed25519_key", SecurityUtils.ED25519, ED25519_BITS));
        return read;
    }

    /** Reads the RSA key, or makes it, in the background. */
    void addRsa() {
        Thread maker = new Thread(this::add, "kwm-console-key");
        maker.setDaemon(true);
        maker.start();
    }

    private void add() {
        try {
            keys = List.of(keys.get(0), key("ssh_host_rsa_key", KeyUtils.RSA_ALGORITHM, RSA_BITS));
        } catch (IOException | RuntimeException failed) {
            LOG.warn("the console goes without an RSA key: {}", failed.getMessage());
        }
    }

    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) {
        return keys;
    }

    /** Waits for a key that is being written; one that is still being made is thrown away. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private KeyPair key(String file, String algorithm, int bits) throws IOException {
        var provider = new KeyFile(folder.resolve(file));
        provider.setAlgorithm(algorithm);
        provider.setKeySize(bits);
        provider.setStrictFilePermissions(true);
        for (KeyPair key : provider.loadKeys(null)) {
            return key;
        }
        throw new IOException("no host key in " + provider.getPath());
    }

    /** MINA writes a key straight into its file, which a reader, or a kill, would find half done. */
    private final class KeyFile extends SimpleGeneratorHostKeyProvider {
        private KeyFile(Path file) {
            super(file);
        }

        @Override
        protected void writeKeyPair(KeyPair key, Path file) throws IOException, GeneralSecurityException {
            synchronized (HostKeys.this) {
                if (closed) {
                    return;
                }
                Path part = file.resolveSibling(file.getFileName() + ".part");
                Files.deleteIfExists(part);
                super.writeKeyPair(key, part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
