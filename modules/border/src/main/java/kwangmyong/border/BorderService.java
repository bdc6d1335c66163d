package kwangmyong.border;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import kwangmyong.border.api.Border;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Capture;
import kwangmyong.border.api.Condition;
import kwangmyong.border.link.Links;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The border of a running lab: one thread that carries every packet between inside and world. */
public final class BorderService implements Service, Border {
    private static final Logger log = LoggerFactory.getLogger(BorderService.class);
    private static final long WITHIN_SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final BorderConfig config;
    private final Junction junction;
    private final AccessPolicy policy;
    private final Deciding deciding;
    private final InstantSource machine = InstantSource.system();
    private final List<CaptureFile> captures = new ArrayList<>();

    private @Nullable Links links;
    private volatile @Nullable PacketLoop loop;
    private @Nullable Thread thread;
    private AccessPolicy.@Nullable Subscription subscription;

    /** One that is not there yet. */
    public BorderService(
            BorderConfig config,
            Junction junction,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock) {
        this.config = config;
        this.junction = junction;
        this.policy = policy;
        this.deciding = new Deciding(policy, sessions, journal, clock);
    }

    @Override
    public String name() {
        return "border";
    }

    @Override
    public synchronized void start() throws StartException {
        try {
            Links opened = Links.open(junction.namespace(), junction.in(), junction.out(), junction.far());
            links = opened;
            PacketLoop packets = new PacketLoop(opened, config, deciding);
            loop = packets;
            subscription = policy.onChange(packets::changed);
            Thread carrier = new Thread(() -> carry(packets), "kwm-border");
            carrier.setDaemon(true);
            carrier.start();
            thread = carrier;
        } catch (OutOfMemoryError tooMuch) {
            throw new StartException(
                    "there is no room for packets that are held up (border.memory: " + config.memory() / 1024 + "KiB)",
                    tooMuch);
        } catch (IOException cannot) {
            throw new StartException(
                    "the border cannot stand between inside and world: " + cannot.getMessage(), cannot);
        }
    }

    private static void carry(PacketLoop packets) {
        try {
            packets.run();
        } catch (RuntimeException | Error fault) {
            log.error("the border has stopped; nothing passes any more", fault);
            throw fault;
        }
    }

    @Override
    public synchronized void stop() {
        PacketLoop packets = loop;
        Thread carrier = thread;
        Links opened = links;
        if (subscription != null) {
            subscription.close();
        }
        if (packets != null && carrier != null) {
            packets.stop();
            try {
                carrier.join(TimeUnit.SECONDS.toMillis(WITHIN_SECONDS));
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        if (carrier == null || !carrier.isAlive()) {
            captures.forEach(BorderService::settle); // the thread has ended each as its last
            if (opened != null) {
                opened.close();
            }
        }
        captures.clear();
        loop = null;
        thread = null;
        links = null;
        subscription = null;
    }

    private static void settle(CaptureFile capture) {
        try {
            capture.await();
        } catch (IOException unwritten) {
            log.warn("a capture is not whole: {}", unwritten.getMessage());
        }
    }

    @Override
    public List<Listener> listeners() {
        return List.of();
    }

    @Override
    public void reset(long seed) {
        ask(engine -> {
            engine.reset(seed);
            return true;
        });
    }

    @Override
    public void condition(Condition condition) {
        ask(engine -> {
            engine.condition(null, condition);
            return true;
        });
    }

    @Override
    public void condition(String attachment, Condition condition) {
        if (!config.attachments().containsKey(attachment)) {
            throw new IllegalArgumentException("'" + attachment + "' is no attachment of this lab (expected: "
                    + String.join(", ", config.attachments().keySet()) + ")");
        }
        ask(engine -> {
            engine.condition(attachment, condition);
            return true;
        });
    }

    @Override
    public BorderView view() {
        return ask(BorderEngine::view);
    }

    @Override
    public synchronized Capture capture(Path file, long most) throws IOException {
        PacketLoop packets = loop;
        if (packets == null) {
            throw new IOException("the border is not there");
        }
        Instant now = machine.instant();
        long epoch = now.getEpochSecond() * NANOS + now.getNano() - packets.now();
        CaptureFile capture = new CaptureFile(file, most, epoch);
        captures.add(capture);
        ask(engine -> {
            packets.begin(capture);
            return true;
        });
        return new Capture() {
            @Override
            public long packets() {
                return capture.packets();
            }

            @Override
            public long missed() {
                return capture.missed();
            }

            @Override
            public void close() throws IOException {
                BorderService.this.close(capture);
            }
        };
    }

    private synchronized void close(CaptureFile capture) throws IOException {
        PacketLoop packets = loop;
        if (packets == null || !captures.remove(capture)) {
            return;
        }
        ask(engine -> {
            packets.end(capture);
            return true;
        });
        capture.await();
    }

    /** Has the packets' thread do something, and waits for it. */
    private <T> T ask(Function<BorderEngine, T> task) {
        PacketLoop packets = loop;
        if (packets == null) {
            throw new IllegalStateException("the border is not there");
        }
        try {
            return packets.order(task).get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException stopped) {
            throw new IllegalStateException("the border does not answer", stopped);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the border was asked", hurried);
        }
    }
}
