package kwangmyong.access.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the lines of a batch, once they are written, to whoever listens. Used by the one thread that writes, but for {@link #become}. */
final class Onlooker {
    private static final Logger LOG = LoggerFactory.getLogger(Onlooker.class);

    /** Of the lines of the batch, in order; null of one that could not be encoded. */
    private final List<@Nullable String> ids = new ArrayList<>();

    private volatile @Nullable JournalListener listener;

    void become(JournalListener other) {
        listener = other;
    }

    /** Notes the id of the next line of the batch; null where it could not be encoded. */
    void note(@Nullable String id) {
        ids.add(id);
    }

    void clear() {
        ids.clear();
    }

    void show(Batch batch) {
        JournalListener told = listener;
        if (told == null) {
            return;
        }
        try {
            for (int i = 0; i < ids.size(); i++) {
                String id = ids.get(i);
                if (id != null) {
                    Pending pending = batch.lines().get(i);
                    told.written(pending.event, pending.count(), id);
                }
            }
        } catch (RuntimeException failure) {
            LOG.error("who listens to the journal failed; the lines are written all the same", failure);
        }
    }
}
