package kwangmyong.access.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises, whatever it keeps things in. */
abstract class StoreContract {
    private static final int ROUNDS = 60;

    @TempDir
    private Path folder;

    private @Nullable Store store;

    /** Opens the store that this test has, with what was kept in it. */
    abstract Store open(Path own);

    /** The store, opened when it is first asked for. */
    Store store() {
        Store there = store;
        if (there == null) {
            there = open(folder);
            store = there;
        }
        return there;
    }

    /** As another start of the lab finds it. */
    Store again() {
        store().close();
        store = null;
        return store();
    }

    Path folder() {
        return folder;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void isEmptyAtFirstAndAsCommittedAfterAStart() {
        assertThat(everything(store())).isEmpty();

        store().commit(Samples.oneOfEach().stream().map(Change::put).toList());

        assertThat(everything(store())).containsExactlyInAnyOrderElementsOf(Samples.oneOfEach());
        assertThat(everything(again())).containsExactlyInAnyOrderElementsOf(Samples.oneOfEach());
    }

    @Test
    void whatIsRemovedIsGoneAndRemovingNothingDoesNoHarm() {
        store().commit(Samples.oneOfEach().stream().map(Change::put).toList());

        store().commit(Samples.oneOfEach().stream().map(Change::remove).toList());
        store().commit(List.of(Change.remove(Kept.Grant.class, "never-given")));

        assertThat(everything(again())).isEmpty();
    }

    @Test
    void theLatestChangeOfOneThingStands() {
        Kept.EmptySeat seat = new Kept.EmptySeat("10.76.20.11");
        Kept.Minutes early = new Kept.Minutes("an-hour", "resident", LocalDate.of(2026, 3, 1), 1, null);
        Kept.Minutes late = new Kept.Minutes("an-hour", "resident", LocalDate.of(2026, 3, 1), 2, Samples.NINE);
        store().commit(List.of(Change.put(seat), Change.remove(seat), Change.put(early), Change.put(late)));

        assertThat(again().all(Kept.EmptySeat.class)).isEmpty();
        assertThat(store().all(Kept.Minutes.class)).containsExactly(late);
        assertThat(store().find(Kept.Minutes.class, late.id())).contains(late);
    }

    @Test
    void whatNobodyWaitsForIsThereAtOnceAndAfterAStart() {
        store().later(List.of(Change.put(Samples.grant("g7"))));

        assertThat(store().all(Kept.Grant.class)).containsExactly(Samples.grant("g7"));
        assertThat(again().all(Kept.Grant.class)).containsExactly(Samples.grant("g7"));
    }

    @Test
    void aDumpHoldsEverythingAndAnotherStoreTakesIt() throws IOException {
        store().commit(Samples.oneOfEach().stream().map(Change::put).toList());
        store().later(List.of(Change.put(Samples.grant("g5"))));
        Path dump = folder.resolve("dump.jsonl");
        store().dump(dump);

        try (var other = new MemoryStore()) {
            Dump.restore(dump, other, false);

            assertThat(everything(other))
                    .containsExactlyInAnyOrderElementsOf(everything(store()))
                    .hasSize(Samples.oneOfEach().size() + 1);
        }
    }

    @Test
    void aDumpGoesIntoAStoreThatHoldsSomethingOnlyInItsPlace() throws IOException {
        store().commit(List.of(Change.put(Samples.grant("g1"))));
        Path dump = folder.resolve("dump.jsonl");
        store().dump(dump);
        store().commit(List.of(Change.remove(Samples.grant("g1")), Change.put(Samples.grant("g2"))));

        assertThatThrownBy(() -> Dump.restore(dump, store(), false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds something already");
        assertThat(everything(store())).containsExactly(Samples.grant("g2"));
        Dump.restore(dump, store(), true);

        assertThat(everything(again())).containsExactly(Samples.grant("g1"));
    }

    @Test
    void aDamagedDumpIsRefusedAsAWholeWithItsLine() throws IOException {
        Path dump = folder.resolve("dump.jsonl");
        Files.write(dump, List.of(DumpLine.of(Tables.ALL.get(0), Samples.grant("g1")), "{\"table\":\"nothing\"}"));

        assertThatThrownBy(() -> Dump.restore(dump, store(), false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("nothing");
        assertThat(everything(store())).isEmpty();
    }

    /** Groups of changes at random against a plain model, with starts in between. */
    @Test
    void randomGroupsOfChangesAreAllThereAfterEveryStart() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        var model = new java.util.HashMap<String, Kept>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Change> group = new ArrayList<>();
            IntStream.range(0, 1 + random.nextInt(5)).forEach(each -> group.add(change(random, model)));
            if (random.nextBoolean()) {
                store().commit(group);
            } else {
                store().later(group);
            }
            if (random.nextInt(12) == 0) {
                again();
            }
            assertThat(everything(store()))
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(model.values());
        }
    }

    private static Change change(Random random, java.util.Map<String, Kept> model) {
        String id = "g" + random.nextInt(9);
        if (random.nextInt(3) == 0) {
            model.remove(id);
            return Change.remove(Kept.Grant.class, id);
        }
        Kept.Grant grant = new Kept.Grant(
                id, "delegate", "world", Samples.NINE, Samples.NINE.plusSeconds(1 + random.nextInt(99)), "", "ann");
        model.put(id, grant);
        return Change.put(grant);
    }

    /** All of it. */
    static List<Kept> everything(Store store) {
        List<Kept> all = new ArrayList<>();
        Tables.ALL.forEach(table -> all.addAll(store.all(table.kind())));
        return all;
    }
}
