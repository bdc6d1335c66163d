package kwangmyong.web.server;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a future on a thread that is no event loop: at start and stop only. */
final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private Waiting() {}

    /** What went wrong within the time, or null when nothing did. */
    static @Nullable Throwable failure(Future<?> future, long time, TimeUnit unit) {
        try {
            future.toCompletionStage().toCompletableFuture().get(time, unit);
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause() == null ? failed : failed.getCause();
        } catch (TimeoutException late) {
            return late;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return interrupted;
        }
    }

    static void quietly(Future<?> future, long time, TimeUnit unit) {
        Throwable ignored = failure(future, time, unit);
        if (ignored != null) {
            LOG.debug("closing took a fault", ignored);
        }
    }
}
