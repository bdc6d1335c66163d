package kwangmyong.access.change;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.kernel.access.AccessPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know that a decision may have changed. Any thread. */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final List<Runnable> all = new CopyOnWriteArrayList<>();

    public AccessPolicy.Subscription add(Runnable listener) {
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** One that fails keeps the others from nothing. */
    public void tell() {
        for (Runnable listener : all) {
            try {
                listener.run();
            } catch (RuntimeException failure) {
                log.error("a listener to changes of access failed", failure);
            }
        }
    }
}
