package kwangmyong.web.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Reading;
import kwangmyong.kernel.service.Service.StartException;

/**
 * The event loops and the few worker threads that all pages of a lab share. Closing it comes after every {@link WebServer} is closed.
 * It touches no file, no class-path cache and no resolver.
 */
public final class WebRuntime implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;
    private static final int WORKERS = 4;
    private static final long CLOSE_WITHIN_SECONDS = 5;
    private static final String NO_RESOLVER = "vertx.disableDnsResolver";

    static {
        // Vert.x would open a resolver of its own at start; nothing here ever looks a name up through it
        if (System.getProperty(NO_RESOLVER) == null) {
            System.setProperty(NO_RESOLVER, "true");
        }
    }

    private final Vertx vertx;
    private final LabClock clock;
    private final WebLimits limits;
    private final Map<InetSocketAddress, Door> doors = new HashMap<>();
    private final AtomicInteger connections = new AtomicInteger();

    public WebRuntime(LabClock clock) {
        this(clock, WebLimits.DEFAULT);
    }

    public WebRuntime(LabClock clock, WebLimits limits) {
        this.clock = clock;
        this.limits = limits;
        FileSystemOptions noFiles =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        LastingEpoll epoll = new LastingEpoll();
        this.vertx = Vertx.builder()
                .withTransport(epoll.available() ? epoll : Transport.NIO)
                .with(new VertxOptions()
                        .setEventLoopPoolSize(EVENT_LOOPS)
                        .setWorkerPoolSize(WORKERS)
                        .setInternalBlockingPoolSize(1)
                        .setUseDaemonThread(true)
                        .setFileSystemOptions(noFiles))
                .build();
    }

    /** Runs what takes long, such as a search, away from the event loops. */
    public <T> CompletionStage<T> onWorker(Callable<T> work) {
        return vertx.executeBlocking(work, false).toCompletionStage();
    }

    /** Connections to pages: a number of all listeners together. */
    public List<Reading> readings() {
        return List.of(Reading.gauge("kwm_web_connections_open", "Connections open to pages.", connections.get()));
    }

    Vertx vertx() {
        return vertx;
    }

    LabClock clock() {
        return clock;
    }

    WebLimits limits() {
        return limits;
    }

    AtomicInteger connections() {
        return connections;
    }

    /**
     * Lets {@code binding} in at its socket, opening it unless another binding of this lab has: in loopback mode all IPv6 addresses are one
     * socket, and the host that is asked for tells them apart.
     */
    synchronized Door enter(String what, InetSocketAddress lab, InetSocketAddress socket, Door.Guest guest)
            throws StartException {
        Door there = doors.get(socket);
        if (there != null && there.isTls() == guest.binding().tls()) {
            there.admit(guest);
            return there;
        }
        Door door = new Door(this, guest);
        InetSocketAddress opened = door.open(what, lab, socket);
        doors.put(opened, door);
        return door;
    }

    synchronized void leave(Door door, Door.Guest guest) {
        if (door.dismiss(guest)) {
            doors.remove(door.socket(), door);
            door.close();
        }
    }

    /** Ends connections and threads, within {@value #CLOSE_WITHIN_SECONDS} seconds. */
    @Override
    public void close() {
        Waiting.quietly(vertx.close(), CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
    }
}
