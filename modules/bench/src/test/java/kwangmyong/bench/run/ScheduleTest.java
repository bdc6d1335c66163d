package kwangmyong.bench.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Half;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.recipe.ProgramSpec;
import kwangmyong.bench.recipe.Ready;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.recipe.WayIn;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Half NOTHING = new Half(Map.of(), List.of());

    @Test
    void hasEveryCombinationOnceAndTheSeedAloneMakesTheOrder() {
        List<TrialId> trials = garden(Schedule.of(experiment(7), any -> true));
        assertThat(trials).hasSize(3 * 2 * 4);
        assertThat(new HashSet<>(trials)).hasSize(trials.size());
        assertThat(Schedule.of(experiment(7), any -> true)).isEqualTo(Schedule.of(experiment(7), any -> true));
        assertThat(garden(Schedule.of(experiment(8), any -> true)))
                .isNotEqualTo(trials)
                .containsExactlyInAnyOrderElementsOf(trials);
    }

    @Test
    void controlsLieEvenlyBetweenTheOthers() {
        List<TrialId> trials = garden(Schedule.of(experiment(7), any -> true));
        List<Integer> places = IntStream.range(0, trials.size())
                .filter(i -> trials.get(i).tool().equals("direct"))
                .boxed()
                .toList();
        assertThat(places).hasSize(8);
        for (int i = 1; i < places.size(); i++) {
            assertThat(places.get(i) - places.get(i - 1)).isBetween(2, 4);
        }
    }

    @Test
    void whatIsLeftOutDoesNotChangeTheOrderOfTheRest() {
        List<TrialId> all = garden(Schedule.of(experiment(7), any -> true));
        List<TrialId> some = garden(Schedule.of(experiment(7), id -> id.tool().equals("ssh")));
        assertThat(some)
                .isEqualTo(all.stream().filter(id -> id.tool().equals("ssh")).toList());
    }

    private static List<TrialId> garden(Map<String, List<TrialId>> schedule) {
        return requireNonNull(schedule.get("garden"));
    }

    static Experiment experiment(long seed) {
        return new Experiment(
                "small",
                "Small",
                seed,
                4,
                List.of(tool("direct", NOTHING), tool("ssh", running()), tool("tor", running())),
                List.of(new Regime(
                        "garden",
                        "",
                        "",
                        Path.of("garden"),
                        "academic",
                        List.of(),
                        List.of(),
                        List.of(),
                        NOTHING,
                        null)),
                List.of(Condition.plain("plain"), Condition.plain("other")),
                Set.of(ProbeKind.WEB),
                "dailynk.com",
                Experiment.Settings.DEFAULT,
                List.of());
    }

    private static Half running() {
        return new Half(
                Map.of(), List.of(new ProgramSpec("a", "true", new Ready.AtOnce(), ProgramSpec.USUALLY_WITHIN)));
    }

    private static Tool tool(String name, Half client) {
        return new Tool(
                name,
                name,
                "",
                List.of(),
                Set.of(),
                Map.of(),
                null,
                List.of(),
                NOTHING,
                client,
                new WayIn.AsItIs(),
                List.of());
    }
}
