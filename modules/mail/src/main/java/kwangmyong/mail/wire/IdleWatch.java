package kwangmyong.mail.wire;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices that a peer has done nothing that counts for too long. For one event loop; time is the machine's. */
final class IdleWatch {
    /** How often within the time allowed it looks. */
    private static final int LOOKS = 4;

    private final Duration allowed;
    private @Nullable ScheduledFuture<?> looking;
    private long lastProgress = System.nanoTime();

    IdleWatch(Duration allowed) {
        this.allowed = allowed;
    }

    void start(EventExecutor loop, Runnable whenIdle) {
        long every = allowed.toMillis() / LOOKS + 1;
        looking = loop.scheduleWithFixedDelay(
                () -> {
                    if (System.nanoTime() - lastProgress > allowed.toNanos()) {
                        whenIdle.run();
                    }
                },
                every,
                every,
                TimeUnit.MILLISECONDS);
    }

    void progress() {
        lastProgress = System.nanoTime();
    }

    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }
}
