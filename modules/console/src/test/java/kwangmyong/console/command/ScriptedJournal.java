package kwangmyong.console.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.Chain;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalCheck.Fault;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import org.jspecify.annotations.Nullable;

/** A journal of two lines that a test may add to. */
public final class ScriptedJournal implements JournalView {
    private final BlockingQueue<JournalEntry> coming = new LinkedBlockingQueue<>();

    public static JournalEntry entry(int seq, String verdict, String resource) {
        return new JournalEntry(
                "{\"seq\":" + seq + "}",
                Map.of(
                        "seq",
                        String.valueOf(seq),
                        "time",
                        "2026-03-01T09:00:00.123Z",
                        "service",
                        "dns",
                        "verdict",
                        verdict,
                        "resource",
                        resource,
                        "rule",
                        "default",
                        "reason",
                        "no rule allows it"));
    }

    public void add(JournalEntry entry) {
        coming.add(entry);
    }

    @Override
    public Reading open(JournalQuery query, Order order, @Nullable JournalCursor from) {
        var all = new ArrayList<>(
                List.of(entry(1, "allow", "namsan.aca.kp A"), entry(2, "deny", "evil\u001b[2J\u202e평양 A")));
        if (order == Order.NEWEST_FIRST) {
            Collections.reverse(all);
        }
        Iterator<JournalEntry> left = all.stream().filter(query::matches).iterator();
        return new Reading() {
            private JournalCursor position = JournalCursor.START;

            @Override
            public @Nullable JournalEntry next() {
                if (!left.hasNext()) {
                    return null;
                }
                JournalEntry entry = left.next();
                position = JournalCursor.of(order == Order.NEWEST_FIRST ? entry.seq() - 1 : entry.seq());
                return entry;
            }

            @Override
            public JournalCursor position() {
                return position;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Following follow(JournalQuery query, JournalCursor after) {
        return follow(query);
    }

    @Override
    public Following follow(JournalQuery query) {
        return new Following() {
            @Override
            public @Nullable JournalEntry next(Duration wait) {
                try {
                    return coming.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }

            @Override
            public JournalCursor position() {
                return JournalCursor.START;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public JournalCheck verify(Progress progress) {
        var fault = new Fault("journal.jsonl", 2, "it was altered");
        return new JournalCheck(
                List.of(new Chain(JournalEntry.LAB, 1, 2, List.of(fault), 1, 0, 0, CheckpointState.ALTERED)));
    }
}
