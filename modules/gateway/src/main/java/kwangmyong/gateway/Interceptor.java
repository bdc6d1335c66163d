package kwangmyong.gateway;

import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.CompletableFuture;
import kwangmyong.net.tls.Trust;
import org.jspecify.annotations.Nullable;

/** Both sides of TLS that the gateway opens: what it shows to clients, and whom it believes as a client. Any thread. */
final class Interceptor implements AutoCloseable {
    private final ForgedLeaves leaves;
    private final Trust trust;
    private final Believers believers = new Believers();
    private @Nullable SslContext towardsHosts;

    Interceptor(Interception interception) {
        this.leaves = new ForgedLeaves(interception.authority(), ForgedLeaves.MOST);
        this.trust = interception.trust();
    }

    /** As {@link ForgedLeaves#of}. */
    CompletableFuture<SslContext> passingFor(String host, boolean streams) {
        return leaves.of(host, streams);
    }

    /** TLS towards hosts, where the gateway speaks HTTP/1.1. Made when the first is reached, since most labs open nothing. */
    synchronized SslContext towardsHosts() {
        SslContext made = towardsHosts;
        if (made == null) {
            made = trust.nettyClient(ApplicationProtocolNames.HTTP_1_1);
            towardsHosts = made;
        }
        return made;
    }

    /** Who has taken certificates lately. */
    Believers believers() {
        return believers;
    }

    @Override
    public void close() {
        leaves.close();
    }
}
