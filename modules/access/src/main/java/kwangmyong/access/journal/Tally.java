package kwangmyong.access.journal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what became of events. Any thread. */
final class Tally {
    private final LongAdder lines = new LongAdder();
    private final LongAdder folded = new LongAdder();
    private final LongAdder permissionsLeftOut = new LongAdder();
    private final LongAdder denialsLeftOut = new LongAdder();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    void leaveOut(boolean denial) {
        (denial ? denialsLeftOut : permissionsLeftOut).increment();
    }

    void leaveOut(Pending pending) {
        (pending.isDenial() ? denialsLeftOut : permissionsLeftOut).add(pending.count());
    }

    void written(Batch batch) {
        lines.add(batch.lines().size());
        folded.add(batch.folded());
    }

    /** Notes whether writing works; says whether that is news. */
    boolean become(@Nullable String newFailure) {
        String before = failure.getAndSet(newFailure);
        return (before == null) != (newFailure == null);
    }

    long lines() {
        return lines.sum();
    }

    long folded() {
        return folded.sum();
    }

    long permissionsLeftOut() {
        return permissionsLeftOut.sum();
    }

    long denialsLeftOut() {
        return denialsLeftOut.sum();
    }

    @Nullable
    String failure() {
        return failure.get();
    }
}
