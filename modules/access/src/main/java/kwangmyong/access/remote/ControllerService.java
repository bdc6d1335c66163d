package kwangmyong.access.remote;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import kwangmyong.access.AccessController;
import kwangmyong.kernel.access.AccessPolicy.Subscription;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.MutualTls;
import org.jspecify.annotations.Nullable;

/** Where services that run as processes of their own find the controller. */
public final class ControllerService implements Service {
    private static final long STOP_WITHIN_SECONDS = 5;

    private final Config config;
    private final Desk desk;
    private final Transport transport;
    private final AddressPlan plan;
    private final MutualTls tls;
    private final List<Channel> open = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private @Nullable Subscription following;

    /**
     * What the controller's side needs.
     *
     * @param listen lab addresses
     * @param lab the lab's name, which services must be of
     * @param speed of the lab's clock: seconds in one of the machine's
     */
    public record Config(List<InetSocketAddress> listen, String lab, double speed, RemoteLimits limits) {
        public Config {
            listen = List.copyOf(listen);
        }
    }

    public ControllerService(
            Config config,
            AccessController access,
            LabClock clock,
            AskerSeal seal,
            Transport transport,
            AddressPlan plan,
            MutualTls tls,
            ChainCopies copies) {
        this.config = config;
        this.transport = transport;
        this.plan = plan;
        this.tls = tls;
        this.desk = new Desk(config, access, clock, seal, copies);
    }

    /** What every connection needs and shares. */
    static final class Desk {
        private final Config config;
        private final AccessController access;
        private final LabClock clock;
        private final AskerSeal seal;
        private final ChainCopies copies;
        private final Set<ServiceLink> links = ConcurrentHashMap.newKeySet();
        private final Map<String, ChainIntake> intakes = new HashMap<>();
        private final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "kwm-chains");
            thread.setDaemon(true);
            return thread;
        });

        public Desk(Config config, AccessController access, LabClock clock, AskerSeal seal, ChainCopies copies) {
            this.config = config;
            this.access = access;
            this.clock = clock;
            this.seal = seal;
            this.copies = copies;
        }

        AccessController access() {
            return access;
        }

        String lab() {
            return config.lab();
        }

        RemoteLimits limits() {
            return config.limits();
        }

        Message beat() {
            return new Message.Beat(clock.now(), config.speed());
        }

        Message welcome() {
            return new Message.Welcome(
                    Message.VERSION, config.lab(), Base64.getEncoder().encodeToString(seal.key()));
        }

        /** Of one process the newest connection counts: what an older one has taken in is closed first. */
        synchronized ChainIntake intake(String process, LongConsumer ask, Consumer<String> giveUp) {
            ChainIntake before = intakes.get(process);
            if (before != null) {
                before.close();
            }
            var intake = new ChainIntake(disk, copies, process, ask, giveUp);
            intakes.put(process, intake);
            return intake;
        }

        /** Everything that came in is on disk and signed when it returns. */
        synchronized void closeIntakes() {
            intakes.values().forEach(ChainIntake::close);
            intakes.clear();
            disk.shutdown();
            try {
                disk.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }

        void here(ServiceLink link) {
            links.add(link);
            link.look(); // what changed since it was told
        }

        void gone(ServiceLink link) {
            links.remove(link);
        }

        void lookAll() {
            links.forEach(ServiceLink::look);
        }
    }

    @Override
    public String name() {
        return "controller";
    }

    @Override
    public void start() throws StartException {
        SslContext server = tls.nettyServer();
        RemoteLimits limits = config.limits();
        try {
            for (InetSocketAddress address : config.listen()) {
                Channel channel =
                        transport.listen("the controller", plan, address, new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel accepted) {
                                accepted.pipeline().addLast(server.newHandler(accepted.alloc()));
                                accepted.pipeline()
                                        .addLast(new IdleStateHandler(
                                                limits.silence().toMillis(),
                                                limits.beatEvery().toMillis(),
                                                0,
                                                TimeUnit.MILLISECONDS));
                                MessageCodec.addTo(accepted.pipeline(), limits.longestFromService());
                                accepted.pipeline().addLast(new ServiceLink(desk));
                            }
                        });
                open.add(channel);
                listeners.add(new Listener("controller", address, (InetSocketAddress) channel.localAddress()));
            }
        } catch (StartException failed) {
            stop();
            throw failed;
        }
        following = desk.access().onChange(desk::lookAll);
    }

    @Override
    public void stop() {
        Subscription subscribed = following;
        if (subscribed != null) {
            subscribed.close();
        }
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
        desk.links.forEach(ServiceLink::close);
        desk.closeIntakes();
        listeners.clear();
    }

    @Override
    public List<Listener> listeners() {
        return List.copyOf(listeners);
    }
}
