package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kwangmyong.gateway.cache.ResponseCache;
import kwangmyong.gateway.quota.Meter;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.ServerCredential;
import org.jspecify.annotations.Nullable;

/** The explicit proxy, in HTTP/1.1 and HTTP/2: pages by absolute URL and tunnels by CONNECT, for whom the rules allow. */
public final class GatewayService implements Service {
    private final Transport transport;
    private final AccessPolicy policy;
    private final Gateway gateway;
    private final Reception reception;
    private final @Nullable SslContext tls;
    private @Nullable Channel server;
    private @Nullable Channel secretServer;
    private AccessPolicy.@Nullable Subscription subscription;

    /**
     * A gateway, not yet listening.
     *
     * @param lattice the words for clearances on the block page, as they are at the moment
     * @param credential what the proxy over TLS shows; null where there is none
     * @param sealedFor whether a lab address is that of an inside site, which is told who asks by {@link AskerSeal#HEADER}
     */
    public GatewayService(
            GatewayConfig config,
            Transport transport,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock,
            NameData names,
            Supplier<Lattice> lattice,
            AskerSeal seal,
            Predicate<InetAddress> sealedFor,
            @Nullable ServerCredential credential) {
        this(
                config,
                transport,
                plan,
                policy,
                sessions,
                journal,
                clock,
                names,
                lattice,
                seal,
                sealedFor,
                credential,
                null);
    }

    /**
     * As the other, with what it takes to open TLS where the rules say so.
     *
     * @param interception null where they never do
     */
    public GatewayService(
            GatewayConfig config,
            Transport transport,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock,
            NameData names,
            Supplier<Lattice> lattice,
            AskerSeal seal,
            Predicate<InetAddress> sealedFor,
            @Nullable ServerCredential credential,
            @Nullable Interception interception) {
        this.tls = credential == null
                ? null
                : credential.nettyServer(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        this.transport = transport;
        this.policy = policy;
        this.gateway = new Gateway(
                config,
                new GatewayEngine(config, policy, names, plan.isLoopback()),
                plan,
                sessions,
                journal,
                clock,
                seal,
                sealedFor,
                new Answers(
                        config.portal(),
                        lattice,
                        new InterceptionNotice(interception == null ? null : interception.declared())),
                new Refusals(sessions, journal, clock),
                config.cache() == null ? null : new ResponseCache(config.cache()),
                config.quotas() == null ? null : new Meter(config.quotas()),
                new Gateway.Census(),
                interception == null ? null : new Interceptor(interception),
                null);
        this.reception = new Reception(gateway, transport);
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void start() throws StartException {
        openState();
        subscription = policy.onChange(reception::redecide); // before anything is decided that a change might undo
        try {
            listen();
        } catch (StartException failed) {
            stop();
            throw failed;
        }
    }

    private void listen() throws StartException {
        server = listen("the gateway", gateway.config().listen(), null);
        InetSocketAddress secret = gateway.config().tls();
        if (secret != null && tls != null) {
            secretServer = listen("the gateway over TLS", secret, tls);
        }
    }

    private void openState() throws StartException {
        try {
            if (gateway.cache() != null) {
                gateway.cache().open();
            }
            if (gateway.meter() != null) {
                gateway.meter().open();
            }
        } catch (IOException unusable) {
            throw new StartException("the gateway cannot use its state: " + unusable.getMessage(), unusable);
        }
    }

    private Channel listen(String what, InetSocketAddress where, @Nullable SslContext secret) throws StartException {
        return transport.listen(what, gateway.plan(), where, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                reception.receive(
                        channel,
                        (desk, terminal) -> welcome(channel, desk, terminal, secret),
                        full -> full.pipeline().addLast(new FullHandler(gateway.answers(), gateway.clock())));
            }
        });
    }

    private void welcome(Channel channel, LoopDesk desk, InetAddress terminal, @Nullable SslContext secret) {
        if (secret != null) {
            SslHandler handshake = secret.newHandler(channel.alloc());
            handshake.setHandshakeTimeoutMillis(
                    gateway.config().timeouts().header().toMillis());
            channel.pipeline().addLast(handshake, new Negotiated(gateway, desk, terminal));
        } else {
            plain(channel, ClientSession.plain(gateway, desk, channel, terminal), desk, terminal);
        }
    }

    private void plain(Channel channel, ClientSession session, LoopDesk desk, InetAddress terminal) {
        channel.pipeline().addLast(new FirstOctets(() -> {
            session.closed();
            channel.pipeline().remove(ClientHandler.class);
            Http2Connection.begin(gateway, desk, channel, terminal);
        }));
        channel.pipeline().addLast(new ClientHandler(session));
    }

    /** What it would make of an access that the rules allow, before any host is asked; any thread. */
    public Decision foresee(Access access, Decision allowed) {
        return new GatewayForesight(gateway).of(access, allowed);
    }

    /** How many octets a subject may still have, wherever they go; null where no quota counts them. Any thread. */
    public @Nullable Long octetsLeft(String subject) {
        Meter meter = gateway.meter();
        return meter == null ? null : meter.octetsLeft(subject, gateway.clock().now());
    }

    /**
     * Has the next connection from a socket of this process count as one from a terminal, for whoever carries a subject's connection on.
     *
     * @param from its local address, bound already
     * @param terminal a lab address
     * @return takes it back
     */
    public Closeable introduce(InetSocketAddress from, InetAddress terminal) {
        return reception.introduce(from, terminal);
    }

    Gateway gateway() {
        return gateway;
    }

    /** Shared with whatever else takes connections for this gateway. */
    Reception reception() {
        return reception;
    }

    /** Empties the cache, and gives everybody their quotas back. */
    @Override
    public void forget() {
        if (gateway.cache() != null) {
            gateway.cache().clear();
        }
        if (gateway.meter() != null) {
            gateway.meter().clear();
        }
    }

    @Override
    public void stop() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        if (server != null) {
            server.close().awaitUninterruptibly();
            server = null;
        }
        if (secretServer != null) {
            secretServer.close().awaitUninterruptibly();
            secretServer = null;
        }
        reception.close();
        if (gateway.interceptor() != null) {
            gateway.interceptor().close();
        }
        if (gateway.cache() != null) {
            gateway.cache().close();
        }
        if (gateway.meter() != null) {
            gateway.meter().close();
        }
    }

    @Override
    public List<Listener> listeners() {
        Channel open = server;
        if (open == null) {
            return List.of();
        }
        List<Listener> all = new ArrayList<>();
        all.add(new Listener("http-proxy", gateway.config().listen(), (InetSocketAddress) open.localAddress()));
        Channel secret = secretServer;
        InetSocketAddress where = gateway.config().tls();
        if (secret != null && where != null) {
            all.add(new Listener("https-proxy", where, (InetSocketAddress) secret.localAddress()));
        }
        return List.copyOf(all);
    }
}
