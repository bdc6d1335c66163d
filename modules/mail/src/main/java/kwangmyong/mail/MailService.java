package kwangmyong.mail;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.mail.MailConfig.Protocol;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.store.MailStore;
import kwangmyong.mail.wire.AccessGate;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import org.jspecify.annotations.Nullable;

/** SMTP and POP3 over one store. */
public final class MailService implements Service {
    private static final int DISK_THREADS = 4;
    /** More than every connection can ask for at once. */
    private static final int DISK_QUEUE = 10_000;

    private static final long STOP_WITHIN_SECONDS = 10;

    private final MailConfig config;
    private final Transport transport;
    private final AddressPlan plan;
    private final AccessPolicy policy;
    private final AccessGate gate;
    private final LabClock clock;
    private final Authority garden;
    private final Path root;
    private final HeldDesk held;
    private @Nullable Running running;

    /**
     * @param garden issues the certificate that STARTTLS and the TLS ports show
     * @param store where mailboxes are kept: {@code mail} under the lab's state
     */
    public MailService(
            MailConfig config,
            Transport transport,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock,
            Authority garden,
            Path store) {
        this.config = config;
        this.transport = transport;
        this.plan = plan;
        this.policy = policy;
        this.gate = new AccessGate(policy, sessions, journal, clock, config.mailboxes()::of);
        this.clock = clock;
        this.garden = garden;
        this.root = store;
        this.held = new HeldDesk(this::runningStore, journal, clock);
    }

    /** The mail that waits for an operator. */
    public HeldMail heldMail() {
        return held;
    }

    private synchronized @Nullable MailStore runningStore() {
        return running == null ? null : running.store;
    }

    private record Running(
            MailStore store,
            ExecutorService disk,
            MailConnections connections,
            AccessPolicy.Subscription changes,
            ChannelGroup listening,
            List<Listener> listeners) {}

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public synchronized void start() throws StartException {
        if (running != null) {
            return;
        }
        ExecutorService disk = disk();
        MailStore store = new MailStore(root, config.host(), config.storeLimits(), clock, disk);
        SslContext tls;
        try {
            store.recover();
            tls = garden.issue("mail", List.of(config.host()), addresses()).nettyServer();
        } catch (IOException unusable) {
            disk.shutdown();
            throw new StartException("mail cannot use its files: " + unusable.getMessage(), unusable);
        }
        MailConnections connections = new MailConnections(config, plan, gate, store, disk, tls);
        Running opened = new Running(
                store,
                disk,
                connections,
                policy.onChange(connections::reconsider),
                new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
                new ArrayList<>());
        try {
            for (Map.Entry<Protocol, List<InetSocketAddress>> entry :
                    config.listen().entrySet()) {
                listen(opened, entry.getKey(), entry.getValue());
            }
        } catch (StartException refused) {
            close(opened);
            throw refused;
        }
        running = opened;
    }

    private void listen(Running opened, Protocol protocol, List<InetSocketAddress> addresses) throws StartException {
        for (InetSocketAddress address : addresses) {
            Channel channel = transport.listen(protocol.word(), plan, address, opened.connections.of(protocol));
            opened.listening.add(channel);
            opened.listeners.add(new Listener(protocol.word(), address, (InetSocketAddress) channel.localAddress()));
        }
    }

    /** The certificate speaks for the addresses too, in both forms: tools connect to numbers. */
    private List<InetAddress> addresses() {
        Set<String> seen = new TreeSet<>();
        List<InetAddress> addresses = new ArrayList<>();
        config.listen()
                .values()
                .forEach(sockets -> sockets.forEach(socket -> {
                    for (InetAddress address : List.of(socket.getAddress(), plan.socket(socket.getAddress()))) {
                        if (!address.isAnyLocalAddress() && seen.add(address.getHostAddress())) {
                            addresses.add(address);
                        }
                    }
                }));
        return addresses;
    }

    private static ExecutorService disk() {
        ThreadPoolExecutor disk = new ThreadPoolExecutor(
                DISK_THREADS,
                DISK_THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(DISK_QUEUE),
                new DefaultThreadFactory("kwm-mail-disk", true));
        disk.allowCoreThreadTimeOut(true);
        return disk;
    }

    @Override
    public synchronized void stop() {
        Running stopping = running;
        if (stopping != null) {
            running = null;
            close(stopping);
        }
    }

    private static void close(Running stopping) {
        stopping.changes.close();
        stopping.listening.close().awaitUninterruptibly(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
        stopping.connections.close(STOP_WITHIN_SECONDS);
        stopping.disk.shutdown();
        try {
            if (!stopping.disk.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                stopping.disk.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            stopping.disk.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized List<Listener> listeners() {
        return running == null ? List.of() : List.copyOf(running.listeners);
    }
}
