package kwangmyong.access.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.testkit.RecordingJournal;
import org.junit.jupiter.api.Test;

/** Changes in groups have the order that they would have one at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // what is applied says what became of a change
final class DeskTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RecordingJournal journal = new RecordingJournal();
    private final MemoryStore store = new MemoryStore();
    private final List<String> applied = new ArrayList<>();
    private int told;
    private final Desk desk = new Desk(tasks::add, journal, () -> Instant.EPOCH, store, () -> {}, () -> told++);

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private CompletableFuture<String> change(String name, Object... touches) {
        return desk.submit(() -> Plan.change(
                Set.of(touches),
                List.of(new Event(Instant.EPOCH, Layer.CONSOLE, null, name, "", null, null, 0)),
                List.of(Change.put(new Kept.EmptySeat(name))),
                () -> {
                    applied.add(name);
                    return name;
                }));
    }

    @Test
    void whatWaitsTogetherIsKeptAndToldOnce() {
        for (int i = 0; i < 100; i++) {
            change("c" + i, "terminal" + i);
        }
        work();

        assertThat(applied).hasSize(100);
        assertThat(store.health().commits()).isEqualTo(1);
        assertThat(told).isEqualTo(1);
    }

    @Test
    void whatTouchesTheSameKeepsItsOrderAndOthersDoNotWait() {
        change("one", "a");
        change("two", "a", "b");
        change("three", "b");
        change("other", "c");
        work();

        assertThat(applied).containsExactly("one", "other", "two", "three");
        assertThat(store.health().commits()).isEqualTo(3);
    }

    @Test
    void whatTouchesEverythingIsAloneInItsPlace() {
        change("before", "a");
        change("all", Plan.EVERYTHING);
        change("after", "b");
        work();

        assertThat(applied).containsExactly("before", "all", "after");
    }

    @Test
    void whatCannotBeDoneIsTriedAgainBehindWhatCameBefore() {
        change("first", "a");
        CompletableFuture<String> second = desk.submit(() -> {
            if (applied.isEmpty()) {
                throw new OperationException("nothing has happened yet");
            }
            return Plan.answer(Set.of("x"), List.of(), "seen " + applied);
        });
        work();

        assertThat(second).isCompletedWithValue("seen [first]");
        assertThatThrownBy(() -> {
                    CompletableFuture<String> never = desk.submit(() -> {
                        throw new OperationException("never");
                    });
                    work();
                    never.join();
                })
                .hasCauseInstanceOf(OperationException.class);
    }

    @Test
    void whatTheStoreDoesNotKeepHasNotHappened() {
        store.away(true);
        CompletableFuture<String> refused = change("one", "a");
        work();

        assertThat(refused).isCompletedExceptionally();
        assertThat(applied).isEmpty();
        assertThat(told).isZero();
        store.away(false);
        CompletableFuture<String> kept = change("one", "a");
        work();
        assertThat(kept).isCompletedWithValue("one");
    }
}
