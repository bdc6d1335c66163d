package kwangmyong.web.server;

import java.net.Socket;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses a server's key by the name that the client asks for. The alias is the host itself. */
final class SniKeys extends X509ExtendedKeyManager {
    private final HostKeys keys;

    SniKeys(HostKeys keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        String host = requestedHost(engine.getHandshakeSession());
        PrivateKeyEntry entry = keys.forHost(host);
        return entry != null && entry.getPrivateKey().getAlgorithm().equals(keyType) ? "host:" + host : null;
    }

    private static String requestedHost(@Nullable SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            List<SNIServerName> names = extended.getRequestedServerNames();
            if (!names.isEmpty() && names.get(0) instanceof SNIHostName name) {
                return name.getAsciiName().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private @Nullable PrivateKeyEntry entry(String alias) {
        return keys.forHost(alias.substring("host:".length()));
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        PrivateKeyEntry entry = entry(alias);
        return entry == null
                ? null
                : Arrays.copyOf(
                        entry.getCertificateChain(), entry.getCertificateChain().length, X509Certificate[].class);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        PrivateKeyEntry entry = entry(alias);
        return entry == null ? null : entry.getPrivateKey();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
