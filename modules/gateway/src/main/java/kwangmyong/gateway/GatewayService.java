package kwangmyong.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.net.Transport;
import org.jspecify.annotations.Nullable;

/** The explicit HTTP/1.1 proxy: pages by absolute URL and tunnels by CONNECT, for whom the rules allow. */
public final class GatewayService implements Service {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final Transport transport;
    private final AccessPolicy policy;
    private final Gateway gateway;
    private final Map<EventLoop, LoopDesk> desks = new ConcurrentHashMap<>();
    private @Nullable Channel server;
    private AccessPolicy.@Nullable Subscription subscription;

    /**
     * A gateway, not yet listening.
     *
     * @param lattice the words for clearances on the block page, as they are at the moment
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
            Predicate<InetAddress> sealedFor) {
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
                new Answers(config.portal(), lattice),
                new Refusals(sessions, journal, clock),
                new Gateway.Census());
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void start() throws StartException {
        Bootstrap client = transport
                .client((int) gateway.config().timeouts().connect().toMillis())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        server =
                transport.listen("the gateway", gateway.plan(), gateway.config().listen(), new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, client);
                    }
                });
        subscription = policy.onChange(() -> desks.values().forEach(LoopDesk::redecide));
    }

    private void accept(Channel channel, Bootstrap client) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        LoopDesk desk = desks.computeIfAbsent(channel.eventLoop(), loop -> new LoopDesk(loop, gateway, client));
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        InetAddress terminal = gateway.plan().lab(peer.getAddress());
        int connections = gateway.census().connections().incrementAndGet();
        Wire.onClose(channel, () -> gateway.census().connections().decrementAndGet());
        boolean full = connections > gateway.config().capacity().connections();
        channel.pipeline()
                .addLast(
                        full
                                ? new FullHandler(gateway.answers())
                                : new ClientHandler(ClientSession.plain(gateway, desk, channel, terminal)));
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
        desks.values().forEach(LoopDesk::close);
        desks.clear();
    }

    @Override
    public List<Listener> listeners() {
        Channel open = server;
        if (open == null) {
            return List.of();
        }
        return List.of(new Listener("http-proxy", gateway.config().listen(), (InetSocketAddress) open.localAddress()));
    }
}
