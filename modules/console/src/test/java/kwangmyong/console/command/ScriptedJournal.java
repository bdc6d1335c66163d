package kwangmyong.console.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.CheckpointState;
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
    public void read(JournalQuery query, Consumer<JournalEntry> sink) {
        List.of(entry(1, "allow", "namsan.aca.kp A"), entry(2, "deny", "evil\u001b[2J\u202e평양 A")).stream()
                .filter(query::matches)
                .forEach(sink);
    }

    @Override
    public List<JournalEntry> last(JournalQuery query, int most) {
        var all = new ArrayList<JournalEntry>();
        read(query, all::add);
        return all.subList(Math.max(0, all.size() - most), all.size());
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
            public void close() {}
        };
    }

    @Override
    public JournalCheck verify() {
        return new JournalCheck(2, 2, "it was altered", 0, CheckpointState.ALTERED);
    }
}
