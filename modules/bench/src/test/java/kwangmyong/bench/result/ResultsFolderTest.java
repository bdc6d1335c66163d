package kwangmyong.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kwangmyong.bench.report.ReportPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = ResultsGenerator.small(7).write(parent.resolve("results"));
    }

    @Test
    void readsEveryTrialInTheRunsOrder() throws IOException {
        Results results = ResultsFolder.read(folder);
        assertThat(results.trials()).hasSize(36).hasSize(results.planned());
        assertThat(results.trials().get(0).folder()).isEqualTo("trials/open/plain/direct/1");
        assertThat(results.trials().get(35).folder()).isEqualTo("trials/dns-lies/plain/wireguard/3");
        assertThat(results.trials().get(0).has("capture.pcapng")).isTrue();
        assertThat(results.faults()).isEmpty();
        assertThat(results.unfinished()).isEmpty();
        assertThat(results.files()).contains("run.json", "lock.json", "junit.xml");
    }

    @Test
    void aTrialWithoutItsFileIsUnfinished() throws IOException {
        Files.delete(folder.resolve("trials/open/plain/ssh/2/trial.json"));
        Results results = ResultsFolder.read(folder);
        assertThat(results.trials()).hasSize(35);
        assertThat(results.unfinished()).containsExactly("trials/open/plain/ssh/2");
    }

    @Test
    void whatIsBrokenIsLeftOutAndSaid() throws IOException {
        Files.writeString(folder.resolve("trials/open/plain/ssh/1/trial.json"), "{\"id\": ");
        Files.writeString(
                folder.resolve("trials/open/plain/ssh/2/trial.json"), "{\"id\":\"x\",\"outcome\":\"mostly\"}");
        Files.write(folder.resolve("trials/open/plain/ssh/3/trial.json"), new byte[] {(byte) 0xff, 0});
        Files.copy(
                folder.resolve("trials/open/plain/direct/1/trial.json"),
                folder.resolve("trials/open/plain/direct/2/trial.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("lock.json"), "[");
        Results results = ResultsFolder.read(folder);
        assertThat(results.trials()).hasSize(32);
        assertThat(results.lock()).isNull();
        assertThat(results.faults())
                .extracting(Results.Fault::toString)
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).startsWith("trials/open/plain/ssh/1/trial.json: line 1, column"),
                        fault -> assertThat(fault).contains("mostly"),
                        fault -> assertThat(fault).endsWith("it is not UTF-8"),
                        fault -> assertThat(fault)
                                .isEqualTo(
                                        "trials/open/plain/direct/2/trial.json: it is of trial open/plain/direct/1 (expected: open/plain/direct/2)"),
                        fault -> assertThat(fault).startsWith("lock.json: line 1"));
    }

    @Test
    void saysWhyAFolderHoldsNoResults() throws IOException {
        assertThatThrownBy(() -> ResultsFolder.read(parent.resolve("nowhere")))
                .hasMessageEndingWith("nowhere is not there");
        assertThatThrownBy(() -> ResultsFolder.read(folder.resolve("run.json"))).hasMessageEndingWith("is no folder");
        assertThatThrownBy(() -> ResultsFolder.read(parent)).hasMessageEndingWith("it has no run.json");
        Files.writeString(folder.resolve("run.json"), "{\"repetitions\": \"many\"}");
        assertThatThrownBy(() -> ResultsFolder.read(folder))
                .isInstanceOf(ResultException.class)
                .hasMessageContaining("run.json: line 1, column");
    }

    @Test
    void whatAFileLeavesOutKeepsNothingElseFromBeingShown() throws IOException {
        Files.writeString(
                folder.resolve("run.json"),
                "{\"tools\":[\"ssh\"],\"conditions\":{\"plain\":null},\"expect\":[{},{\"tool\":\"ssh\",\"outcome\":\"blocked\"}]}");
        Files.writeString(folder.resolve("trials/open/plain/ssh/1/trial.json"), """
                {"regime": "open", "condition": "plain", "tool": "ssh", "repetition": 1, "outcome": "through", "stopped_by": {},
                 "client": {}, "exposure": {}, "decisions": [{}], "probes": [{}, {"probe": "web", "values": {"seconds": 1}}]}
                """);
        Results results = ResultsFolder.read(folder);
        assertThat(results.faults()).isEmpty();
        assertThat(results.run().expect()).hasSize(1);
        assertThat(ReportPage.html(results)).contains("open/plain/ssh/1");
    }

    @Test
    void whatTheRunDoesNotNameIsAddedAtTheEnd() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"tools\":[\"ssh\"]}");
        Results results = ResultsFolder.read(folder);
        assertThat(results.run().tools()).containsExactly("ssh", "direct", "iodine", "wireguard");
        assertThat(results.run().conditions()).containsOnlyKeys("plain");
        assertThat(results.run().repetitions()).isEqualTo(3);
        assertThat(results.planned()).isEqualTo(36);
    }
}
