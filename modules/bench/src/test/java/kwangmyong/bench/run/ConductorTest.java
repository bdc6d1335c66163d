package kwangmyong.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConductorTest {
    @TempDir
    Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger hired = new AtomicInteger();
    private final Set<String> breaking = ConcurrentHashMap.newKeySet();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final Set<String> leaking = ConcurrentHashMap.newKeySet();

    @Test
    void runsEveryTrialOnceHoweverManyHandsThereAre() throws Exception {
        for (int parallel : new int[] {1, 4}) {
            Path own = folder.resolve("p" + parallel);
            assertThat(new Conductor(own, schedule(), new Fake(own), new Silent()).run(parallel))
                    .isEmpty();
            assertThat(done(own)).hasSize(12);
        }
        assertThat(seen).hasSize(24).doesNotHaveDuplicates();
    }

    @Test
    void whatIsWholeIsNotRunAgain() throws Exception {
        new Fake(folder).finish(new TrialId("a", "plain", "ssh", 2));
        var conductor = new Conductor(folder, schedule(), new Fake(folder), new Silent());
        assertThat(conductor.done()).isEqualTo(1);
        conductor.run(1);
        assertThat(seen).hasSize(11).doesNotContain(folder + " a/plain/ssh/2");
    }

    @Test
    void aTrialWhoseLabFailsGoesToAnotherLabAndIsLeftTheSecondTime() throws Exception {
        breaking.add("a/plain/ssh/3");
        List<TrialId> left = new Conductor(folder, schedule(), new Fake(folder), new Silent()).run(1);
        assertThat(left).containsExactly(new TrialId("a", "plain", "ssh", 3));
        assertThat(done(folder)).hasSize(11);
        assertThat(hired.get()).isEqualTo(4); // one for each regime, and one after each failure
    }

    @Test
    void aRegimeWhoseLabNeverComesUpIsLeftThoughOthersDoWell() throws Exception {
        absent.add("b");
        Map<String, List<TrialId>> schedule = new LinkedHashMap<>();
        schedule.put("a", new ArrayList<>(schedule().get("a")));
        schedule.get("a").add(new TrialId("a", "plain", "ssh", 7)); // more than the other has, so that it is first
        schedule.put("b", schedule().get("b"));

        List<TrialId> left = new Conductor(folder, schedule, new Fake(folder), new Silent()).run(1);

        assertThat(done(folder)).hasSize(7);
        assertThat(left).hasSameElementsAs(schedule.get("b"));
        assertThat(hired.get())
                .as("one lab that does well, and two that do not come up")
                .isEqualTo(3);
    }

    @Test
    void afterALeakAnotherLabTakesWhatIsLeft() throws Exception {
        leaking.add("a/plain/ssh/3");
        assertThat(new Conductor(folder, schedule(), new Fake(folder), new Silent()).run(1))
                .isEmpty();
        assertThat(done(folder)).hasSize(12);
        assertThat(hired.get()).isEqualTo(3);
    }

    private static Map<String, List<TrialId>> schedule() {
        List<TrialId> a = new ArrayList<>();
        List<TrialId> b = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            a.add(new TrialId("a", "plain", "ssh", i));
            b.add(new TrialId("b", "plain", "ssh", i));
        }
        return Map.of("a", a, "b", b);
    }

    private static List<Path> done(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(ResultsFolder.TRIAL)).toList();
        }
    }

    private final class Fake implements Crew {
        private final Path into;

        Fake(Path into) {
            this.into = into;
        }

        @Override
        public Hand hire(String regime) throws IOException {
            hired.incrementAndGet();
            if (absent.contains(regime)) {
                throw new IOException("the lab did not come up");
            }
            return new Hand() {
                @Override
                public void run(TrialId id) throws IOException {
                    if (breaking.contains(id.path())) {
                        throw new IOException("the lab ended");
                    }
                    seen.add(into + " " + id.path());
                    finish(id);
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        void finish(TrialId id) throws IOException {
            Path trial =
                    Files.createDirectories(into.resolve(ResultsFolder.TRIALS).resolve(id.path()));
            Files.writeString(
                    trial.resolve(ResultsFolder.TRIAL),
                    ResultJson.write(new Trial(
                            id.path(),
                            id.regime(),
                            id.condition(),
                            id.tool(),
                            id.repetition(),
                            1,
                            null,
                            null,
                            Outcome.BLOCKED,
                            "",
                            null,
                            null,
                            List.of(),
                            null,
                            List.of(),
                            null,
                            leaking.contains(id.path()) ? List.of("lab has links: hole") : List.of(),
                            null,
                            List.of())));
        }
    }

    private static final class Silent implements Progress {
        @Override
        public void begins(TrialId id) {
            // nobody looks
        }

        @Override
        public void ended(TrialId id, Trial trial, int done, int all, @Nullable Duration left) {
            // nobody looks
        }

        @Override
        public void failed(String regime, String why) {
            // nobody looks
        }
    }
}
