package kwangmyong.access.journal;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is written at one go, in order of arrival. Of each terminal, equal events that follow one another become one line with a count, so
 * that the sequence of each subject stays as it was.
 */
final class Batch {
    /** Lines of one batch. */
    static final int MAX_LINES = 8_192;

    private final List<Pending> lines = new ArrayList<>();
    private final Map<InetAddress, Pending> latest = new HashMap<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private int folded;

    List<Pending> lines() {
        return lines;
    }

    boolean isFull() {
        return lines.size() >= MAX_LINES;
    }

    /** How many events went into the lines of others. */
    int folded() {
        return folded;
    }

    /** Who waits for this batch to be forced. */
    List<CompletableFuture<Void>> waiting() {
        return waiting;
    }

    void add(Pending pending) {
        InetAddress terminal = terminal(pending);
        Pending before = terminal == null ? null : latest.get(terminal);
        if (before != null && before.fold(pending)) {
            folded++;
            return;
        }
        lines.add(pending);
        if (terminal != null) {
            latest.put(terminal, pending);
        }
        if (pending.forced != null) {
            waiting.add(pending.forced);
        }
    }

    void clear() {
        lines.clear();
        latest.clear();
        waiting.clear();
        folded = 0;
    }

    private static @Nullable InetAddress terminal(Pending pending) {
        return pending.event.who() == null ? null : pending.event.who().terminal();
    }
}
