package kwangmyong.portal.metrics;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;

/**
 * Counts what passes on its way to the journal: decisions of each layer by verdict and reason, how long they took, and how long it took until what was
 * forced was on disk. Keeps no event. Three additions to cells of the thread's own for each, nothing else; adding up is left to whoever asks.
 */
@SuppressWarnings("EnumOrdinal") // the order of constants is that of cells in memory, and nothing else's
public final class DecisionTally implements Journal {
    static final Layer[] LAYERS = Layer.values();
    static final Verdict[] VERDICTS = Verdict.values();
    static final Reason[] REASONS = Reason.values();

    private final Journal journal;
    private final LongAdder[] decisions = new LongAdder[LAYERS.length * VERDICTS.length * REASONS.length];
    private final Buckets[] took = new Buckets[LAYERS.length];
    private final LongAdder events = new LongAdder();
    private final Buckets forced = new Buckets();
    private final LongAdder notForced = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    /** Before a journal, which gets every event. */
    public DecisionTally(Journal journal) {
        this.journal = journal;
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = new LongAdder();
        }
        for (int i = 0; i < took.length; i++) {
            took[i] = new Buckets();
        }
    }

    @Override
    public void record(Event event) {
        count(event);
        journal.record(event);
    }

    @Override
    public CompletionStage<Void> force(Event event) {
        count(event);
        long began = System.nanoTime();
        waiting.increment();
        return journal.force(event).whenComplete((done, failure) -> {
            waiting.decrement();
            if (failure == null) {
                forced.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began), 1);
            } else {
                notForced.increment();
            }
        });
    }

    private void count(Event event) {
        Decision decision = event.decision();
        if (decision == null) {
            events.add(event.count());
            return;
        }
        int layer = event.service().ordinal();
        decisions[index(layer, decision.verdict().ordinal(), decision.reason().ordinal())].add(event.count());
        took[layer].add(event.elapsedMicros(), event.count());
    }

    private static int index(int layer, int verdict, int reason) {
        return (layer * VERDICTS.length + verdict) * REASONS.length + reason;
    }

    long decisions(Layer layer, Verdict verdict, Reason reason) {
        return decisions[index(layer.ordinal(), verdict.ordinal(), reason.ordinal())].sum();
    }

    Buckets took(Layer layer) {
        return took[layer.ordinal()];
    }

    /** Events that nobody had to allow. */
    long events() {
        return events.sum();
    }

    Buckets forced() {
        return forced;
    }

    /** How many could not be put on disk, and were refused for it. */
    long notForced() {
        return notForced.sum();
    }

    /** How many wait to be on disk. */
    long waiting() {
        return waiting.sum();
    }
}
