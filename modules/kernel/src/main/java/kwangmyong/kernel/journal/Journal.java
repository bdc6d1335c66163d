package kwangmyong.kernel.journal;

import java.util.concurrent.CompletionStage;

/** The append-only record of every decision and event. Any thread may call it; neither call blocks. */
public interface Journal {
    /** Takes an event; it is written within 100 ms, and may be folded with equal neighbours into one line with a count. */
    void record(Event event);

    /** As {@link #record}, completing once the line is forced to disk: before anything is acknowledged. Never folded. */
    CompletionStage<Void> force(Event event);
}
