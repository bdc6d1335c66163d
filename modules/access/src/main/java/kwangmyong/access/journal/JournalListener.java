package kwangmyong.access.journal;

import kwangmyong.kernel.journal.Event;

/** Told of each line once it is written. Called by the one thread that writes, so it must be quick. */
@FunctionalInterface
public interface JournalListener {
    /**
     * A line was written.
     *
     * @param event as it was recorded, the first where several became one line
     * @param count how many events the line stands for
     * @param id of the line
     */
    void written(Event event, int count, String id);
}
