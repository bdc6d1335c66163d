package kwangmyong.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    @Test
    void aTrialIsReadBackAsItWasWritten() throws ResultException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("seconds_to_first_byte", 0.012);
        values.put("octets", 1024);
        values.put("token", true);
        Trial trial = new Trial(
                "kwangmyong/plain/ssh/1",
                "kwangmyong",
                "plain",
                "ssh",
                1,
                7,
                Instant.parse("2026-03-01T09:00:00.5Z"),
                Instant.parse("2026-03-01T09:00:04Z"),
                Outcome.BLOCKED,
                "no probe brought the token",
                new Trial.Stop("gateway", "default", "no-rule", "dailynk.com:22", "451"),
                new Trial.Client(false, 20, "Connection refused"),
                List.of(new Trial.Probe("web", Outcome.BLOCKED, "", values, List.of("probe-web.json"))),
                new Trial.Exposure(12, 3, Map.of("gateway", 3L)),
                List.of(new Trial.Ruling("academic", "gateway", "dailynk.com", "deny", "default")),
                new Trial.Overhead(412.5, 33),
                List.of(),
                new Watch(1, 40, Map.of("packets refused, to what is no service", 3L)),
                List.of("capture.pcapng"));
        String text = ResultJson.write(trial);
        assertThat(text)
                .contains("\"stopped_by\"", "\"by_layer\"", "\"setup_ms\"", "\"2026-03-01T09:00:00.500Z\"")
                .endsWith("}\n");
        assertThat(ResultJson.read(text, Trial.class)).isEqualTo(trial);
    }

    @Test
    void whatAFileLeavesOutIsEmpty() throws ResultException {
        Trial trial = ResultJson.read(
                "{\"id\":\"r/c/t/1\",\"regime\":\"r\",\"condition\":\"c\",\"tool\":\"t\",\"repetition\":1,\"outcome\":\"skipped\",\"later\":1}",
                Trial.class);
        assertThat(trial.probes()).isEmpty();
        assertThat(trial.decisions()).isEmpty();
        assertThat(trial.leaks()).isNull();
        assertThat(trial.why()).isEmpty();
    }

    @Test
    void saysWhereAFileIsBroken() {
        assertThatThrownBy(() -> ResultJson.read("{\"id\":\n\"r/c/t/1\",", Trial.class))
                .isInstanceOf(ResultException.class)
                .hasMessageContaining("line 2, column 11");
        assertThatThrownBy(() -> ResultJson.read("{\"outcome\":\"mostly\"}", Trial.class))
                .isInstanceOf(ResultException.class)
                .hasMessageContaining("mostly");
    }
}
