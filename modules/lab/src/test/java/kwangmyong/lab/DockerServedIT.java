package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The lab's services in containers of their own, by one controller, where there is an engine that has the image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerServedIT {
    private static final String HOTEL = "10.76.60.11";
    private static final List<String> GATEWAYS = List.of("10.76.0.1", "10.76.0.53");

    private final DockerProject served = new DockerProject("served", List.of("compose.yaml", "served.yaml"));

    @BeforeAll
    void start() throws Exception {
        DockerProject.needImage("kwm:latest");
        served.up();
        served.awaitHealthy("_credentials_");
    }

    @AfterAll
    void stop() throws Exception {
        served.down();
    }

    @Test
    void twoGatewaysAgreeAndGoOnWhileTheControllerIsAway() throws Exception {
        served.succeeds("lab", "kwm login delegate " + HOTEL);
        served.succeeds("lab", "kwm grant delegate world --for 1h --reason 'an evening'");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(world()).containsOnly("200"));
        assertThat(served.compose("stop", "lab").status()).isZero();
        assertThat(world()).as("the controller is away").containsOnly("200");
        assertThat(served.compose("start", "lab").status()).isZero();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> served.in("lab", "kwm status").status() == 0);
        assertThat(served.succeeds("lab", "kwm sessions")).contains(HOTEL);
        served.succeeds("lab", "kwm logout " + HOTEL);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(world()).containsOnly("511"));
        for (String process : List.of("gateway-1", "gateway-2")) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(served.succeeds(
                                    "lab", "kwm events --where subject=delegate --where process=" + process))
                            .contains("http://dailynk.com/"));
        }
        assertThat(served.succeeds("lab", "kwm verify")).contains("The journal is whole.");
    }

    /** What the hotel's terminal gets of the world by each gateway. */
    private List<String> world() throws Exception {
        return GATEWAYS.stream().map(this::page).toList();
    }

    private String page(String gateway) {
        try {
            return served.in(
                            "terminals",
                            "curl -s -o /dev/null -m 10 -w '%{http_code}' --interface " + HOTEL + " -x http://"
                                    + gateway + ":3128 http://dailynk.com/")
                    .output();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
