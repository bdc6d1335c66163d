package kwangmyong.gateway.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS client says in the clear (RFC 8446 §4.1.2).
 *
 * @param serverName whom it wants to talk to (RFC 6066 §3), in lower case and as sent otherwise, one character an octet; null when it does not say
 * @param protocols what it would speak within, by preference (ALPN, RFC 7301); empty when it does not say
 * @param hasEncryptedHello whether there is an encrypted ClientHello behind this one (RFC 9849), or what looks like one: browsers send random bytes
 *     in its place (GREASE), and nobody between can tell the two apart. Where it is a real one, {@code serverName} is that of the front
 */
public record ClientHello(@Nullable String serverName, List<String> protocols, boolean hasEncryptedHello) {
    public ClientHello {
        protocols = List.copyOf(protocols);
    }
}
