package kwangmyong.gateway;

import java.util.function.Supplier;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * The opened tunnel that requests come out of.
 *
 * @param host whom the tunnel was asked for
 * @param port of that host
 * @param serverName whom the TLS in it named, in the form of rules; null for nobody
 * @param who whose it is at the moment: the requests in it bring no credentials of their own
 */
record Inside(String host, int port, @Nullable String serverName, Supplier<Identity> who) {
    /** Whom the client expects to show a certificate. */
    String expected() {
        return serverName == null ? host : serverName;
    }

    /** As the journal names it. */
    Resource resource() {
        return new Resource.Endpoint(host, port);
    }

    /** What a request that names no host means. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /**
     * What a request says that the tunnel around it does not, for the journal; null where both agree. Whoever asks for one host within TLS for
     * another hides behind it (domain fronting).
     */
    @Nullable
    String disagreement(Target.Remote asked) {
        boolean agrees = asked.port() == port
                && asked.host().equals(host)
                && (serverName == null || asked.host().equals(serverName));
        if (agrees) {
            return null;
        }
        String around = serverName == null || serverName.equals(host)
                ? authority()
                : authority() + ", whose TLS names " + serverName;
        return "asked within a tunnel to " + around;
    }
}
