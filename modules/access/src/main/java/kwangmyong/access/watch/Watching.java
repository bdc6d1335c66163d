package kwangmyong.access.watch;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.Watch;
import kwangmyong.access.api.Watch.Sign;
import kwangmyong.access.api.Watch.Standing;
import kwangmyong.access.journal.JournalListener;
import kwangmyong.kernel.journal.Event;

/**
 * Watches what is written to the journal, and says on demand who looks as if they were trying to get round what is allowed. Decides nothing. Bounded: the
 * {@value #MOST} subjects and terminals that did something last, and of each what {@link Slot} holds. Any thread.
 */
public final class Watching implements JournalListener {
    private static final int MOST = 1_000;
    /** Lines of the past that are looked at when watching begins. */
    private static final long PAST = 100_000;

    private static final int MOST_SCORE = 100;
    private static final int UNUSUAL = 25;
    private static final int SUSPECT = 60;

    private final WatchConfig config;
    private final ZoneId zone;
    private final Predicate<String> inside;
    private Instant latest = Instant.EPOCH;
    private final Map<String, Traces> traces = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Traces> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param zone in which hours of the day are told
     * @param inside whether a host is one of the lab's own zones; the others are the world's
     */
    public Watching(WatchConfig config, ZoneId zone, Predicate<String> inside) {
        this.config = config;
        this.zone = zone;
        this.inside = inside;
    }

    @Override
    public void written(Event event, int count, String id) {
        Sighting.of(event, count, id).ifPresent(this::see);
    }

    synchronized void see(Sighting seen) {
        latest = seen.time();
        String subject = seen.subject();
        String key = subject != null ? "s" + subject : "t" + seen.terminal();
        traces.computeIfAbsent(key, any -> new Traces(subject)).see(seen, config, zone, inside);
    }

    /** Looks at the newest lines that were written before, so that a new start forgets nothing. */
    public void lookBack(JournalView journal) throws IOException {
        JournalCursor end = journal.page(JournalQuery.ALL, JournalView.Order.NEWEST_FIRST, null, 1)
                .newer();
        JournalCursor begin = JournalCursor.START;
        for (Map.Entry<String, Long> chain : end.after().entrySet()) {
            begin = begin.with(chain.getKey(), Math.max(0, chain.getValue() - PAST));
        }
        try (JournalView.Reading reading = journal.open(JournalQuery.ALL, JournalView.Order.OLDEST_FIRST, begin)) {
            JournalEntry entry;
            while ((entry = reading.next()) != null) {
                Sighting.of(entry).ifPresent(this::see);
            }
        }
    }

    /** As {@link #scores}, at the time of what it saw last: for a journal that nobody is writing. */
    public synchronized List<Watch> scoresThen() {
        return scores(latest);
    }

    /** Everybody of whom something counts at {@code now}, the highest score first. */
    public synchronized List<Watch> scores(Instant now) {
        List<Watch> scores = new ArrayList<>();
        for (Traces each : traces.values()) {
            List<Sign> signs = each.signs(now, config, zone);
            if (!signs.isEmpty()) {
                int score = Math.min(
                        MOST_SCORE, signs.stream().mapToInt(Sign::points).sum());
                Instant[] span = each.span(now, config);
                scores.add(new Watch(each.subject(), each.terminal(), score, standing(score), span[0], span[1], signs));
            }
        }
        scores.sort(Comparator.comparingInt(Watch::score).reversed());
        return scores;
    }

    private static Standing standing(int score) {
        return score >= SUSPECT ? Standing.SUSPECT : score >= UNUSUAL ? Standing.UNUSUAL : Standing.ORDINARY;
    }
}
