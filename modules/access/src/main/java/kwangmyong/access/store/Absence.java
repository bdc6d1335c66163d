package kwangmyong.access.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a store's database answers, and since when not, by the machine's monotonic clock. Who holds the connection tells; any thread may ask. */
final class Absence {
    private static final Logger log = LoggerFactory.getLogger(Absence.class);

    private final String where;
    private final Duration patience;
    private volatile @Nullable Away away;

    private record Away(long sinceNanos, String why) {}

    /** @param patience how long a change may wait for it */
    Absence(String where, Duration patience) {
        this.where = where;
        this.patience = patience;
    }

    void begins(String why) {
        if (away == null) {
            log.warn("the store is away: {}: {}", where, why);
            away = new Away(System.nanoTime(), why);
        }
    }

    void ends() {
        if (away != null) {
            log.info("the store is back: {}", where);
            away = null;
        }
    }

    boolean lasts() {
        return away != null;
    }

    /** Null while the database answers. */
    @Nullable
    String why() {
        Away now = away;
        return now == null ? null : now.why;
    }

    /** @throws StoreAwayException when it has lasted longer than a change may wait */
    void check() {
        Away now = away;
        if (now != null && System.nanoTime() - now.sinceNanos > patience.toNanos()) {
            throw new StoreAwayException(now.why);
        }
    }
}
