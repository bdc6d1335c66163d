package kwangmyong.web.server;

import java.security.KeyStore.PrivateKeyEntry;
import org.jspecify.annotations.Nullable;

/** The key and certificate chain that a host shows. Asked during handshakes, several times each, on an event loop: it answers from memory. */
@FunctionalInterface
public interface HostKeys {
    /** No TLS host is known. */
    HostKeys NONE = host -> null;

    /**
     * The entry for a host, or null when there is none.
     *
     * @param host what the client named (SNI, RFC 6066 §3) in lower case; empty when it named none
     */
    @Nullable
    PrivateKeyEntry forHost(String host);
}
