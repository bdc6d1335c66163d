package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.ResultsGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path parent;

    private Path before;
    private Path after;

    @BeforeEach
    void write() throws IOException {
        before = ResultsGenerator.small(7).write(parent.resolve("before"));
        after = ResultsGenerator.small(7).write(parent.resolve("after"));
    }

    @Test
    void aRunIsTheSameAsItself() throws IOException {
        Comparison comparison = compare();
        assertThat(comparison.groups()).isEqualTo(12);
        assertThat(comparison.hasOtherOutcomes()).isFalse();
        assertThat(comparison.hasOtherDecisions()).isFalse();
        assertThat(comparison.measures()).isEmpty();
        assertThat(comparison.lock()).isEmpty();
        assertThat(ComparisonText.of(comparison))
                .containsExactly(
                        "kwm: 12 groups in both; the same outcomes, 0 other stops, 0 moved measurements, the same decisions");
    }

    @Test
    void anotherOutcomeIsAnotherOutcome() throws IOException {
        edit("kwangmyong/plain/ssh/2", json -> json.replace("\"outcome\" : \"blocked\"", "\"outcome\" : \"through\""));
        Comparison comparison = compare();
        assertThat(comparison.hasOtherOutcomes()).isTrue();
        assertThat(comparison.hasOtherDecisions()).isFalse();
        assertThat(comparison.outcomes())
                .containsExactly(new Comparison.OutcomeChange(
                        "kwangmyong/plain/ssh",
                        Map.of(Outcome.BLOCKED, 3),
                        Map.of(Outcome.THROUGH, 1, Outcome.BLOCKED, 2)));
        assertThat(ComparisonText.of(comparison))
                .first()
                .isEqualTo("outcome   kwangmyong/plain/ssh  3 blocked -> 1 through, 2 blocked");
    }

    @Test
    void fewerRepetitionsWithTheSameOutcomeAreTheSame() throws IOException {
        for (int repetition = 2; repetition <= 3; repetition++) {
            Files.delete(after.resolve("trials/kwangmyong/plain/ssh/" + repetition + "/trial.json"));
        }
        assertThat(compare().hasOtherOutcomes()).isFalse();
    }

    @Test
    void aToolThatOneRunDidNotTryIsADifference() throws IOException {
        for (int repetition = 1; repetition <= 3; repetition++) {
            Files.delete(after.resolve("trials/kwangmyong/plain/ssh/" + repetition + "/trial.json"));
        }
        Comparison comparison = compare();
        assertThat(comparison.onlyBefore()).containsExactly("kwangmyong/plain/ssh");
        assertThat(comparison.hasOtherOutcomes()).isTrue();
        assertThat(ComparisonText.of(comparison)).contains("gone      kwangmyong/plain/ssh  run -> not run");
    }

    @Test
    void whatStoppedItAndTheDecisionsAreCompared() throws IOException {
        edit("kwangmyong/plain/ssh/1", json -> json.replace("\"layer\" : \"border\"", "\"layer\" : \"gateway\""));
        Comparison comparison = compare();
        assertThat(comparison.hasOtherOutcomes()).isFalse();
        assertThat(comparison.hasOtherDecisions()).isTrue();
        assertThat(ComparisonText.of(comparison))
                .anyMatch(line -> line.equals(
                        "stopped   kwangmyong/plain/ssh  border · default -> border · default, gateway · default"))
                .anyMatch(line -> line.startsWith(
                        "decision  kwangmyong/plain/ssh/1  - academic border 198.51.100.70:22 deny default"));
    }

    @Test
    void onlyMeasurementsWhoseIntervalsDoNotOverlapHaveMoved() throws IOException {
        for (int repetition = 1; repetition <= 3; repetition++) {
            edit("open/plain/ssh/" + repetition, json -> json.replaceAll("(\"median_ms\" : )([0-9.E]+)", "$19$2"));
        }
        Comparison comparison = compare();
        assertThat(comparison.measures()).singleElement().satisfies(change -> {
            assertThat(change.group()).isEqualTo("open/plain/ssh");
            assertThat(change.measure()).isEqualTo("latency: median ms");
            assertThat(change.ratio()).isGreaterThan(3);
            assertThat(change.after().low()).isGreaterThan(change.before().high());
        });
        assertThat(comparison.hasOtherOutcomes()).isFalse();
    }

    @Test
    void namesWhatTheLockSaysOtherwise() throws IOException {
        Path lock = after.resolve("lock.json");
        Files.writeString(
                lock, Files.readString(lock).replace("0.7.0-10", "0.8.0-1").replace("\"kernel\"", "\"core\""));
        assertThat(ComparisonText.of(compare()))
                .contains(
                        "lock      core  none -> Linux 6.18.0 x86_64",
                        "lock      kernel  Linux 6.18.0 x86_64 -> none",
                        "lock      packages · iodine  0.7.0-10 -> 0.8.0-1");
    }

    @Test
    void nothingInCommonIsSaid() throws IOException {
        try (Stream<Path> files = Files.walk(after.resolve("trials"))) {
            files.filter(path -> path.endsWith("trial.json"))
                    .forEach(path -> assertThat(path.toFile().delete()).isTrue());
        }
        assertThatThrownBy(this::compare)
                .isInstanceOf(ResultException.class)
                .hasMessageEndingWith("have no trials in common");
    }

    @Test
    void nothingInALineCanCommandATerminal() throws IOException {
        Path lock = after.resolve("lock.json");
        Files.writeString(lock, Files.readString(lock).replace("0.7.0-10", "\\u001b[2J\\nkwm: all is well\\u202e"));
        assertThat(ComparisonText.of(compare()))
                .contains("lock      packages · iodine  0.7.0-10 -> \\u001b[2J\\nkwm: all is well\\u202e");
    }

    @Test
    void jsonHasAllOfIt() throws IOException {
        edit("kwangmyong/plain/ssh/2", json -> json.replace("\"outcome\" : \"blocked\"", "\"outcome\" : \"through\""));
        assertThat(ResultJson.tree(ResultJson.write(compare()))
                        .at("/outcomes/0/after/through")
                        .asInt())
                .isEqualTo(1);
    }

    private Comparison compare() throws IOException {
        Results old = ResultsFolder.read(before);
        return Comparison.of(old, ResultsFolder.read(after));
    }

    private void edit(String trial, UnaryOperator<String> change) throws IOException {
        Path file = after.resolve("trials").resolve(trial).resolve("trial.json");
        String old = Files.readString(file);
        String changed = change.apply(old);
        assertThat(List.of(changed)).doesNotContain(old);
        Files.writeString(file, changed);
    }
}
