package kwangmyong.console;

import java.io.IOException;
import java.nio.file.Path;
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
 * takes seconds, and to read one a third of a second in a JVM that has just started, so that it is offered only once it is there.
 */
final class HostKeys implements KeyPairProvider {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
    private static final int ED25519_BITS = 256;
    private static final int RSA_BITS = 3_072;

    private final Path rsa;
    private volatile List<KeyPair> keys;

    private HostKeys(Path rsa, List<KeyPair> keys) {
        this.rsa = rsa;
        this.keys = keys;
    }

    /** Reads the Ed25519 key from {@code folder}, or makes it there. */
    static HostKeys in(Path folder) throws IOException {
        return new HostKeys(
                folder.resolve("ssh_host_rsa_key"),
                List.of(key(folder.resolve("ssh_host_ed25519_key"), SecurityUtils.ED25519, ED25519_BITS)));
    }

    /** Reads the RSA key, or makes it, in the background. */
    void addRsa() {
        Thread maker = new Thread(this::add, "kwm-console-key");
        maker.setDaemon(true);
        maker.start();
    }

    private void add() {
        try {
            keys = List.of(keys.get(0), key(rsa, KeyUtils.RSA_ALGORITHM, RSA_BITS));
        } catch (IOException | RuntimeException failed) {
            LOG.warn("the console goes without an RSA key: {}", failed.getMessage());
        }
    }

    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) {
        return keys;
    }

    private static KeyPair key(Path file, String algorithm, int bits) throws IOException {
        var provider = new SimpleGeneratorHostKeyProvider(file);
        provider.setAlgorithm(algorithm);
        provider.setKeySize(bits);
        provider.setStrictFilePermissions(true);
        for (KeyPair key : provider.loadKeys(null)) {
            return key;
        }
        throw new IOException("no host key in " + file);
    }
}
