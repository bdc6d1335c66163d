package kwangmyong.access.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kwangmyong.access.store.Store.StayQuery;
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
        Kept.Usage early = new Kept.Usage("resident", java.time.LocalDate.of(2026, 3, 1), 1, 1, 1);
        Kept.Usage late = new Kept.Usage("resident", java.time.LocalDate.of(2026, 3, 1), 2, 3, 4);
        store().commit(List.of(Change.put(seat), Change.remove(seat), Change.put(early), Change.put(late)));

        assertThat(again().all(Kept.EmptySeat.class)).isEmpty();
        assertThat(store().all(Kept.Usage.class)).containsExactly(late);
        assertThat(store().find(Kept.Usage.class, late.id())).contains(late);
    }

    @Test
    void whatNobodyWaitsForIsThereAtOnceAndAfterAStart() {
        store().later(List.of(Change.put(Samples.grant("g7")), Change.put(Samples.stay("s7", "resident", 7))));

        assertThat(store().all(Kept.Grant.class)).containsExactly(Samples.grant("g7"));
        assertThat(store().stays(StayQuery.latest(10))).containsExactly(Samples.stay("s7", "resident", 7));
        assertThat(again().all(Kept.Grant.class)).containsExactly(Samples.grant("g7"));
        assertThat(store().stays(StayQuery.latest(10))).containsExactly(Samples.stay("s7", "resident", 7));
    }

    @Test
    void endedSessionsAreFoundLatestFirstAPageAtATime() {
        for (int second = 1; second <= 20; second++) {
            Change stay = Change.put(Samples.stay("s" + second, second % 2 == 0 ? "resident" : "nobody", second));
            if (second % 3 == 0) {
                store().later(List.of(stay));
            } else {
                store().commit(List.of(stay));
            }
        }

        assertThat(ids(new StayQuery(null, null, null, null, 3, 0))).containsExactly("s20", "s19", "s18");
        assertThat(ids(new StayQuery(null, null, null, null, 3, 3))).containsExactly("s17", "s16", "s15");
        assertThat(ids(new StayQuery("resident", "cafe", null, null, 2, 1))).containsExactly("s18", "s16");
        assertThat(ids(new StayQuery(null, null, Samples.NINE.plusSeconds(4), Samples.NINE.plusSeconds(7), 9, 0)))
                .containsExactly("s6", "s5", "s4");
        assertThat(ids(new StayQuery(null, null, null, null, 50, 18))).containsExactly("s2", "s1");
        assertThat(store().all(Kept.Stay.class)).isEmpty();
    }

    private List<String> ids(StayQuery query) {
        return store().stays(query).stream().map(Kept.Stay::id).toList();
    }

    @Test
    void aDumpHoldsEverythingAndAnotherStoreTakesIt() throws IOException {
        store().commit(Samples.oneOfEach().stream().map(Change::put).toList());
        store().later(List.of(Change.put(Samples.stay("s1", "nobody", 5))));
        Path dump = folder.resolve("dump.jsonl");
        store().dump(dump);

        try (var other = new MemoryStore()) {
            Dump.restore(dump, other, false);

            assertThat(everything(other)).containsExactlyInAnyOrderElementsOf(Samples.oneOfEach());
            assertThat(other.stays(StayQuery.latest(9))).containsExactly(Samples.stay("s1", "nobody", 5));
        }
    }

    @Test
    void aDumpGoesIntoAStoreThatHoldsSomethingOnlyInItsPlace() throws IOException {
        store().commit(List.of(Change.put(Samples.grant("g1"))));
        Path dump = folder.resolve("dump.jsonl");
        store().dump(dump);
        store().commit(List.of(
                Change.remove(Samples.grant("g1")),
                Change.put(Samples.grant("g2")),
                Change.put(Samples.stay("s2", "resident", 2))));

        assertThatThrownBy(() -> Dump.restore(dump, store(), false))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("holds something already");
        assertThat(everything(store())).containsExactly(Samples.grant("g2"));
        Dump.restore(dump, store(), true);

        assertThat(everything(again())).containsExactly(Samples.grant("g1"));
        assertThat(store().stays(StayQuery.latest(9))).isEmpty();
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

    /** All of it, ended sessions apart. */
    static List<Kept> everything(Store store) {
        List<Kept> all = new ArrayList<>();
        Tables.ALL.forEach(table -> all.addAll(store.all(table.kind())));
        return all;
    }
}
