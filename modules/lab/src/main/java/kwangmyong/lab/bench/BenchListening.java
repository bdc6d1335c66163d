package kwangmyong.lab.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.bench.bed.Bed;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.lab.running.Lab;

/** Hears a lab's journal between two lines that the bench writes itself: what stands between them is there, since the second was forced. */
final class BenchListening implements Bed.Listening {
    private static final String ACTION = "trial";
    private static final Duration WITHIN = Duration.ofSeconds(10);
    /** A trial is a handful of probes: what writes more than this between two marks is a flood, and no memory is worth it. */
    private static final int MOST_LINES = 200_000;

    private final Lab lab;
    private final JournalView.Following following;
    private final String what;
    private final List<JournalEntry> lines = new ArrayList<>();
    private int marks;

    private BenchListening(Lab lab, JournalView.Following following, String what) {
        this.lab = lab;
        this.following = following;
        this.what = what;
    }

    /**
     * Begins.
     *
     * @param what as the journal says it
     */
    static BenchListening open(Lab lab, JournalView journal, String what) throws IOException {
        var listening = new BenchListening(lab, journal.follow(JournalQuery.ALL), what);
        try {
            listening.toMark("begins");
            listening.lines.clear();
        } catch (IOException failed) {
            listening.close();
            throw failed;
        }
        return listening;
    }

    @Override
    public List<JournalEntry> lines() throws IOException {
        toMark("ends");
        return List.copyOf(lines);
    }

    private void toMark(String word) throws IOException {
        String detail = word + " " + ++marks;
        try {
            lab.journal()
                    .force(new Event(lab.clock().now(), Layer.CONSOLE, null, ACTION, what, null, detail, 0))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw new IOException("the journal cannot be written", failed);
        }
        while (true) {
            JournalEntry line = following.next(WITHIN);
            if (line == null) {
                throw new IOException("the journal does not come to what was written last");
            } else if (!ACTION.equals(line.get("action"))) {
                if (lines.size() == MOST_LINES) {
                    throw new IOException("the trial left more than " + MOST_LINES + " lines in the journal");
                }
                lines.add(line);
            } else if (what.equals(line.get("resource")) && detail.equals(line.get("detail"))) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        following.close();
    }
}
