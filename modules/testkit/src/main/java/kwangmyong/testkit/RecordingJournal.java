package kwangmyong.testkit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;

/** A journal in memory; forcing completes at once. */
public final class RecordingJournal implements Journal {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public CompletionStage<Void> force(Event event) {
        events.add(event);
        return CompletableFuture.completedFuture(null);
    }

    /** What was recorded so far, oldest first. */
    public List<Event> events() {
        return List.copyOf(events);
    }
}
