package kwangmyong.console;

import java.io.IOException;
import java.nio.file.Files;
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
 * The keys by which operators know the console: Ed25519 (RFC 8709), and RSA for old clients, in files that only the owner reads. Making an RSA key
 * takes seconds, so that the very first start offers it only once it is there.
 */
final class HostKeys implements KeyPairProvider {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
    private static final int ED25519_BITS = 256;
    private static final int RSA_BITS = 3_072;

    private volatile List<KeyPair> keys;

    private HostKeys(List<KeyPair> keys) {
        this.keys = keys;
    }

    /** Reads the keys from {@code folder}, or makes them there. */
    static HostKeys in(Path folder) throws IOException {
        KeyPair ed25519 = key(folder.resolve("ssh_host_ed25519_key"), SecurityUtils.ED25519, ED25519_BITS);
        Path rsa = folder.resolve("ssh_host_rsa_key");
        if (Files.exists(rsa)) {
            return new HostKeys(List.of(ed25519, key(rsa, KeyUtils.RSA_ALGORITHM, RSA_BITS)));
        }
        var hostKeys = new HostKeys(List.of(ed25519));
        Thread maker = new Thread(() -> hostKeys.add(rsa), "kwm-console-key");
        maker.setDaemon(true);
        maker.start();
        return hostKeys;
    }

    private void add(Path rsa) {
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
