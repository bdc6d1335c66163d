package kwangmyong.web.server;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.WebServer.Binding;
import org.jspecify.annotations.Nullable;

/** One open socket and the bindings that share it. */
final class Door {
    private static final long OPEN_WITHIN_SECONDS = 10;
    private static final int BACKLOG = 1_024;
    private static final long HANDSHAKE_SECONDS = 10;

    private final WebRuntime runtime;
    private final boolean tls;
    private final List<Guest> guests;
    private final HttpServer server;
    private volatile @Nullable InetSocketAddress socket;

    /** A binding with what it brought. */
    record Guest(Binding binding, AddressPlan plan, HostKeys keys) {}

    Door(WebRuntime runtime, Guest first) {
        this.runtime = runtime;
        this.tls = first.binding().tls();
        this.guests = new CopyOnWriteArrayList<>(List.of(first));
        Conversations conversations = new Conversations(runtime, this);
        this.server = runtime.vertx()
                .createHttpServer(options())
                .connectionHandler(conversations::opened)
                .invalidRequestHandler(conversations::malformed)
                .requestHandler(conversations::asked);
    }

    private HttpServerOptions options() {
        WebLimits limits = runtime.limits();
        HttpServerOptions options = new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setMaxHeaderSize(limits.headerBytes())
                .setIdleTimeout((int) limits.idle().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                // No page has a WebSocket, and what would compress one takes 128 requests in a row at most.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setSsl(tls);
        if (tls) {
            options.setKeyCertOptions(KeyCertOptions.wrap(new SniKeys(this::key)))
                    .setSslEngineOptions(new QuickTls())
                    .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        }
        return options;
    }

    /** Opens the socket, and says in one sentence why it cannot. */
    InetSocketAddress open(String what, InetSocketAddress lab, InetSocketAddress wanted) throws StartException {
        Throwable failure = Waiting.failure(
                server.listen(SocketAddress.inetSocketAddress(wanted)), OPEN_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (failure != null) {
            String where =
                    Addresses.text(wanted) + (wanted.equals(lab) ? "" : " (the lab's " + Addresses.text(lab) + ")");
            throw new StartException(what + " cannot listen on " + where + ": " + reason(failure), failure);
        }
        InetSocketAddress opened = new InetSocketAddress(wanted.getAddress(), server.actualPort());
        socket = opened;
        return opened;
    }

    private static String reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("in use")) {
            return "the port is taken; stop what holds it, or start with --offset N to move this lab's ports up by N";
        }
        if (message.contains("ermission denied")) {
            return "this user may not open ports below 1024";
        }
        return message;
    }

    boolean isTls() {
        return tls;
    }

    InetSocketAddress socket() {
        InetSocketAddress open = socket;
        if (open == null) {
            throw new IllegalStateException("this door is not open");
        }
        return open;
    }

    void admit(Guest guest) {
        guests.add(guest);
    }

    /** Whether nobody is left. */
    boolean dismiss(Guest guest) {
        guests.remove(guest);
        return guests.isEmpty();
    }

    void close() {
        Waiting.quietly(server.close(), OPEN_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Who answers for a host; null when nobody does.
     *
     * @param host as asked for; empty when none was
     */
    @Nullable
    Site siteFor(String host, InetAddress local) {
        for (Guest guest : guests) {
            Site site = guest.binding().hosts().byName().get(key(host, local, guest.plan()));
            if (site != null) {
                return site;
            }
        }
        for (Guest guest : guests) {
            Site site = guest.binding().hosts().otherwise();
            if (site != null) {
                return site;
            }
        }
        return null;
    }

    /** Numeric hosts count as the lab's addresses; a client that names no host means the address it reached. */
    private static String key(String host, InetAddress local, AddressPlan plan) {
        if (host.isEmpty()) {
            return Addresses.text(plan.lab(local));
        }
        return Addresses.isNumeric(host) ? Addresses.text(plan.lab(Addresses.parse(host))) : host;
    }

    private @Nullable PrivateKeyEntry key(String host) {
        for (Guest guest : guests) {
            PrivateKeyEntry entry = guest.keys().forHost(host);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }
}
