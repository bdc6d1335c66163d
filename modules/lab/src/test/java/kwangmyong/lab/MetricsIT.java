package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The running lab's numbers, as Prometheus and its own check see them. */
final class MetricsIT {
    @RegisterExtension
    static final GardenExtension lab = new GardenExtension();

    private static String at(String path) {
        return "http://127.0.0.1:" + lab.port(9090) + path;
    }

    @Test
    void prometheusFindsNothingToObjectTo() throws Exception {
        lab.run("dig", "-b", "127.76.20.11", "@127.76.0.1", "-p", lab.port(53), "namsan.aca.kp");
        lab.run("dig", "-b", "127.76.20.11", "@127.76.0.1", "-p", lab.port(53), "dailynk.com");
        lab.run(
                "curl",
                "-s",
                "--interface",
                "127.76.20.11",
                "-x",
                "http://127.76.0.1:" + lab.port(3128),
                "http://namsan.aca.kp/");
        Path text = lab.state().resolve("metrics.txt");
        assertThat(lab.run("curl", "-sS", "-o", text.toString(), at("/metrics")).status())
                .isZero();
        assertThat(Files.readString(text))
                .contains(
                        "kwm_decisions_total{layer=\"dns\",reason=\"rule\",verdict=\"allow\"} 1.0",
                        "kwm_decisions_total{layer=\"dns\",reason=\"clearance\",verdict=\"deny\"} 1.0",
                        "kwm_decisions_total{layer=\"gateway\",reason=\"rule\",verdict=\"allow\"} 1.0",
                        "kwm_connections_accepted_total{listener=\"the gateway\"} 1.0",
                        "kwm_rules ",
                        "jvm_memory_used_bytes");
        assertThat(Files.readString(text)).containsPattern("kwm_sent_bytes_total\\{listener=\"the gateway\"} [1-9]");
        Outcome checked = lab.run("sh", "-c", "promtool check metrics <" + text);
        Files.delete(text);
        assertThat(checked).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void theLabIsReadyAndSaysSoToThisMachineAlone() throws Exception {
        assertThat(lab.run("curl", "-s", "-w", " %{http_code}", at("/ready")).output())
                .startsWith("{\"status\":\"up\"")
                .endsWith(" 200");
        assertThat(lab.run(
                                "curl",
                                "-s",
                                "-H",
                                "Host: evil.example",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code}",
                                at("/metrics"))
                        .output())
                .isEqualTo("421");
        assertThat(lab.run("curl", "-s", "--max-time", "5", "http://127.76.0.1:" + lab.port(9090) + "/metrics")
                        .status())
                .as("at the lab's own address")
                .isEqualTo(7);
    }
}
