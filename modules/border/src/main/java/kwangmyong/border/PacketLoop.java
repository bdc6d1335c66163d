package kwangmyong.border;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import kwangmyong.border.link.Links;
import kwangmyong.border.link.PacketRing;

/** The packets' thread: takes frames from both links in turn, has the engine say what becomes of them, and keeps its times. */
final class PacketLoop implements Runnable, Exit {
    private static final long SECOND = 1_000_000_000L;

    private final Links links;
    private final PacketRing inside;
    private final PacketRing outside;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final List<CaptureFile> captures = new ArrayList<>(1);
    private final long began = System.nanoTime();

    private final BorderEngine engine;
    private final ByteBuffer held;
    private final long heldAddress;
    private final long repliesAddress;
    private volatile boolean changed;
    private volatile boolean stopped;
    private volatile boolean over;

    PacketLoop(Links links, BorderConfig config, Deciding deciding) {
        this.links = links;
        this.inside = links.inside();
        this.outside = links.outside();
        this.engine = new BorderEngine(config, deciding, this);
        this.held = engine.held();
        this.heldAddress = Links.address(held);
        this.repliesAddress = Links.address(engine.replies());
    }

    @Override
    public void run() {
        try {
            carry();
        } finally {
            over = true;
            obey();
            List.copyOf(captures).forEach(this::end);
        }
    }

    private void carry() {
        long tidied = 0;
        while (!stopped) {
            obey();
            boolean busy = take(Side.INSIDE, inside);
            busy |= take(Side.OUTSIDE, outside);
            long now = now();
            engine.release(now);
            if (now - tidied >= SECOND) {
                tidied = now;
                engine.expire(now);
                engine.lost(Dropped.MISSED, inside.missed() + outside.missed());
                engine.lost(Dropped.UNTAKEN, inside.untaken() + outside.untaken());
                captures.forEach(CaptureFile::handOver);
            }
            long rest = Math.min(engine.nextDue() - now, tidied + SECOND - now);
            if (!busy && rest > 0 && orders.isEmpty() && !changed && !stopped) {
                links.doorbell().await(rest);
            }
        }
    }

    private boolean take(Side from, PacketRing ring) {
        if (!ring.next()) {
            return false;
        }
        long now = now();
        int taken = 0;
        do {
            if (ring.isWhole()) {
                engine.frame(from, ring.octets(), ring.at(), ring.length(), now);
            } else {
                engine.lost(Dropped.CUT_SHORT, 1);
            }
        } while (++taken < PacketRing.BATCH && ring.next());
        flush();
        ring.release();
        return true;
    }

    private void obey() {
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        if (changed) {
            changed = false;
            engine.decideAgain(now());
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // which buffer it is, not what is in it
    public void send(Side to, ByteBuffer octets, int at, int length) {
        long address = octets == inside.octets()
                ? inside.address()
                : octets == outside.octets() ? outside.address() : octets == held ? heldAddress : repliesAddress;
        (to == Side.INSIDE ? inside : outside).send(address + at, length);
    }

    @Override
    public void flush() {
        inside.flush();
        outside.flush();
    }

    /** Nanoseconds since this began; from any thread. */
    long now() {
        return System.nanoTime() - began;
    }

    /** Has every flow decided again; from any thread, returns at once. */
    void changed() {
        changed = true;
        links.doorbell().ring();
    }

    /** Has something done on the packets' thread; from any other. */
    <T> CompletableFuture<T> order(Function<BorderEngine, T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        orders.add(() -> {
            try {
                done.complete(task.apply(engine));
            } catch (RuntimeException wrong) {
                done.completeExceptionally(wrong); // who asked is told, and packets pass on
            }
        });
        links.doorbell().ring();
        if (over) {
            done.completeExceptionally(new IllegalStateException("the border has stopped"));
        }
        return done;
    }

    /** On the packets' thread. */
    void begin(CaptureFile capture) {
        captures.add(capture);
        engine.add(capture);
    }

    /** On the packets' thread. */
    void end(CaptureFile capture) {
        if (captures.remove(capture)) {
            engine.remove(capture);
            capture.end();
        }
    }

    void stop() {
        stopped = true;
        links.doorbell().ring();
    }
}
