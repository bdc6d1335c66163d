package kwangmyong.access;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The controller's threads: one that changes everything, two that hash passwords and are there only while they have work. */
final class Threads {
    /** How late an expiry, a grant's end or an hour's beginning is told, at most. */
    private static final long TICK_MILLIS = 200;

    private static final int HASHING_THREADS = 2;
    private static final long STOP_WITHIN_SECONDS = 5;

    private final ScheduledThreadPoolExecutor changing = new ScheduledThreadPoolExecutor(1, named("kwm-access"));
    private final ThreadPoolExecutor hashing = new ThreadPoolExecutor(
            HASHING_THREADS,
            HASHING_THREADS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS,
            new PriorityBlockingQueue<>(),
            named("kwm-passwords"));
    private @Nullable Future<?> ticking;

    Threads() {
        hashing.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor changing() {
        return changing;
    }

    Executor hashing() {
        return hashing;
    }

    /** Has the changing thread look at the clock again and again. */
    void tick(Runnable look) {
        ticking = changing.scheduleWithFixedDelay(look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        changing.shutdown();
        hashing.shutdownNow();
        try {
            changing.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
