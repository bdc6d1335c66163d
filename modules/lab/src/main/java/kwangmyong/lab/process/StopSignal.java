package kwangmyong.lab.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When this process is to end: at a signal, or when somebody says so. After a signal it waits for what is open to be closed. */
public final class StopSignal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch given = new CountDownLatch(1);
    private final CountDownLatch heeded = new CountDownLatch(1);

    /**
     * Has signals heeded from now on.
     *
     * @param what is closed then, for the log
     * @param withinSeconds how long a signal waits for that
     */
    public void listen(String what, long withinSeconds) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(what, withinSeconds), "kwm-signal"));
    }

    private void end(String what, long withinSeconds) {
        give();
        try {
            if (!heeded.await(withinSeconds, TimeUnit.SECONDS)) {
                log.warn("{} did not close within {} s", what, withinSeconds);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the waiting. */
    public void give() {
        given.countDown();
    }

    /** Waits for the end. */
    public void await() throws InterruptedException {
        given.await();
    }

    /** Everything is closed, and the process may end. */
    @Override
    public void close() {
        heeded.countDown();
    }
}
