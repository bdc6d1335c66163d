package kwangmyong.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kwangmyong.bench.OoniFormat;
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
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunnerTest {
    private static final Half NOTHING = new Half(Map.of(), List.of());
    private static final Regime REGIME = new Regime(
            "garden", "", "", Path.of("."), "academic", List.of("login academic"), List.of(), List.of(), NOTHING, null);

    @TempDir
    Path folder;

    @Test
    void theTokenAloneIsThrough() throws Exception {
        var bed = new FakeBed(folder, "all");
        Trial trial = run(bed, tool(NOTHING, NOTHING, new WayIn.AsItIs()));
        assertThat(trial.outcome()).as(trial.why()).isEqualTo(Outcome.THROUGH);
        assertThat(trial.stoppedBy()).isNull();
        assertThat(trial.probes()).hasSize(4).allMatch(probe -> probe.outcome() == Outcome.THROUGH);
        assertThat(bed.done)
                .containsSubsequence(
                        "reset",
                        "condition plain",
                        "login academic",
                        "captured",
                        "clear TERMINAL",
                        "clear WORLD",
                        "listened");
    }

    @Test
    void aPageThatIsNotTheTokenNeverCountsThoughItsStatusIs200() throws Exception {
        Trial trial = run(new FakeBed(folder, "page"), tool(NOTHING, NOTHING, new WayIn.Socks("127.0.0.1:1080")));
        assertThat(trial.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(trial.why()).contains("with status 200, was not the token");
        assertThat(trial.stoppedBy()).extracting(Trial.Stop::resource).isEqualTo("dailynk.com A");
        assertThat(trial.probes())
                .filteredOn(probe -> probe.probe().equals("latency"))
                .allMatch(probe -> probe.outcome() == Outcome.SKIPPED)
                .hasSize(1);
    }

    @Test
    void whatIsNotWhatCurlWritesIsNoAnswer() throws Exception {
        Trial trial = run(new FakeBed(folder, "garbled"), tool(NOTHING, NOTHING, new WayIn.AsItIs()));
        assertThat(trial.outcome()).as(trial.why()).isEqualTo(Outcome.BLOCKED);
    }

    @Test
    void whatTheWorldItselfDoesNotHaveIsNotBlocked() throws Exception {
        var bed = new FakeBed(folder, "refused");
        bed.inTheWorld = "refused";
        Trial trial = run(bed, tool(NOTHING, NOTHING, new WayIn.AsItIs()));
        assertThat(trial.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(trial.why()).startsWith("not even the control in the world had it: Failed to connect");
        assertThat(trial.stoppedBy()).isNull();
    }

    @Test
    void everyMeasurementIsAsOoniSpecifies() throws Exception {
        for (String what : List.of("all", "page", "refused")) {
            run(
                    new FakeBed(Files.createDirectories(folder.resolve(what)), what),
                    tool(NOTHING, NOTHING, new WayIn.AsItIs()));
            List<String> lines = Files.readAllLines(trialFolder().resolve(ResultsFolder.MEASUREMENTS));
            assertThat(lines)
                    .isNotEmpty()
                    .allSatisfy(
                            line -> assertThat(OoniFormat.faults(line)).as(line).isEmpty());
            assertThat(lines).anyMatch(line -> line.contains("\"web_connectivity\""));
        }
        assertThat(OoniFormat.faults("{\"data_format_version\":\"0.2.1\"}")).isNotEmpty();
    }

    @Test
    void aServerThatFailsIsAnErrorAndAClientThatFailsIsBlocked() throws Exception {
        Half failing = half("echo no such port >&2; exit 3", new Ready.Log(Pattern.compile("up")));
        Trial server = run(new FakeBed(folder.resolve("a"), "all"), tool(failing, NOTHING, new WayIn.AsItIs()));
        assertThat(server.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(server.why())
                .isEqualTo("the server half did not come up: program ended with 3 before it was ready: no such port");

        Trial client = run(new FakeBed(folder.resolve("b"), "all"), tool(NOTHING, failing, new WayIn.AsItIs()));
        assertThat(client.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(client.client()).isNotNull().extracting(Trial.Client::up).isEqualTo(false);
        assertThat(client.why()).contains("ended with 3");

        Half unknown = half("exec no-such-program", new Ready.Log(Pattern.compile("up")));
        assertThat(run(new FakeBed(folder.resolve("c"), "all"), tool(NOTHING, unknown, new WayIn.AsItIs()))
                        .outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void whatOneHalfSharesTheOtherHasAndAProgramIsReadyWhenItSaysSo() throws Exception {
        Half server = half(
                "cat word >\"$SHARED/word\"; echo up; exec sleep 60",
                new Ready.Log(Pattern.compile("^up", Pattern.MULTILINE)));
        Half client = half("exec cat \"$SHARED/word\"", new Ready.Exit());
        Trial trial = run(
                new FakeBed(folder, "all"),
                tool(
                        new Half(Map.of("word", "from abroad"), server.programs()),
                        client,
                        new WayIn.Fetch("cat \"$TOKENS/${URL##*/}\"")));
        assertThat(trial.outcome()).as(trial.why()).isEqualTo(Outcome.THROUGH);
        assertThat(trialFolder().resolve("program.log")).content().contains("from abroad");
    }

    @Test
    void whatCannotBeRunHereIsSkippedAndSaysWhy() throws Exception {
        var bed = new FakeBed(folder, "all");
        bed.missing = Optional.of("it needs a TUN device");
        Trial trial = run(bed, tool(NOTHING, NOTHING, new WayIn.Tun("tun0", null)));
        assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(trial.why()).isEqualTo("it needs a TUN device");
        assertThat(bed.done).isEmpty();
    }

    @Test
    void aLabThatFailsIsToldToWhoeverHasAnotherAndTheTrialSaysWhy() throws Exception {
        var bed = new FakeBed(folder, "all");
        bed.broken = "login academic";
        assertThatThrownBy(() -> run(bed, tool(NOTHING, NOTHING, new WayIn.AsItIs())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody is there");
        assertThat(ResultJson.read(Files.readString(trialFolder().resolve(ResultsFolder.TRIAL)), Trial.class))
                .satisfies(trial -> {
                    assertThat(trial.outcome()).isEqualTo(Outcome.ERROR);
                    assertThat(trial.why()).isEqualTo("the lab failed: nobody is there");
                });
        assertThat(bed.done).contains("captured", "listened");
    }

    @Test
    void aLinkThatAToolPutsInTheWayOfWhatWasFetchedLeadsNowhere() throws Exception {
        var bed = new FakeBed(folder, "all");
        String linked = "ln -sf \"$TOKENS/${URL##*/}\" \"$PROBES/token.body\"";
        assertThat(run(bed, tool(NOTHING, NOTHING, new WayIn.Fetch(linked))).outcome())
                .isEqualTo(Outcome.BLOCKED);
        String moved =
                "mv \"$PROBES\" \"$PROBES.away\"; ln -s \"$TOKENS\" \"$PROBES\"; cp \"$TOKENS/${URL##*/}\" \"$TOKENS/token.body\"";
        assertThat(run(new FakeBed(folder.resolve("b"), "all"), tool(NOTHING, NOTHING, new WayIn.Fetch(moved)))
                        .outcome())
                .isEqualTo(Outcome.BLOCKED);
        assertThat(trialFolder().resolve("probe-web-token.body")).doesNotExist();
    }

    @Test
    void theLastWordsOfAProgramThatSaysMuchAreItsLast() throws Exception {
        Half talking =
                half("yes much | head -c 2000000; echo out of patience; exit 3", new Ready.Log(Pattern.compile("up")));
        assertThat(run(new FakeBed(folder, "all"), tool(NOTHING, talking, new WayIn.AsItIs()))
                        .why())
                .endsWith("much; much; out of patience");
    }

    @Test
    void aProgramMaySayThatItIsReadyAfterAMebibyteOfOtherThings() throws Exception {
        Half talking = half(
                "yes much | head -c 2000000; echo up; exec sleep 60",
                new Ready.Log(Pattern.compile("^up", Pattern.MULTILINE)));
        assertThat(run(new FakeBed(folder, "all"), tool(NOTHING, talking, new WayIn.AsItIs()))
                        .outcome())
                .isEqualTo(Outcome.THROUGH);
    }

    private Path trialFolder() {
        return folder.resolve("results");
    }

    private Trial run(FakeBed bed, Tool tool) throws Exception {
        var experiment = new Experiment(
                "small",
                "Small",
                7,
                1,
                List.of(tool),
                List.of(REGIME),
                List.of(Condition.plain("plain")),
                Set.of(ProbeKind.WEB, ProbeKind.DNS, ProbeKind.LATENCY, ProbeKind.STABILITY),
                "dailynk.com",
                new Experiment.Settings(Duration.ofSeconds(5), 2, 1000, Duration.ofMillis(20), Duration.ofMillis(10)),
                List.of());
        Trial trial = new TrialRunner(bed, experiment, REGIME, InstantSource.system())
                .run(new TrialId("garden", "plain", "tool", 1), trialFolder());
        assertThat(ResultJson.read(Files.readString(trialFolder().resolve(ResultsFolder.TRIAL)), Trial.class)
                        .outcome())
                .isEqualTo(trial.outcome());
        return trial;
    }

    private static Half half(String script, Ready ready) {
        return new Half(Map.of(), List.of(new ProgramSpec("program", script, ready, Duration.ofSeconds(5))));
    }

    private static Tool tool(Half server, Half client, WayIn way) {
        Set<Tool.Need> needs = way instanceof WayIn.Tun ? Set.of(Tool.Need.TUN) : Set.of();
        return new Tool(
                "tool", "Tool", "", List.of(), needs, Map.of(), null, List.of(), server, client, way, List.of());
    }
}
