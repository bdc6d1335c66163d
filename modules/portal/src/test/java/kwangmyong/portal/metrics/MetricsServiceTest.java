package kwangmyong.portal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Reading;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.server.WebRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServiceTest {
    private final SettableClock clock = new SettableClock();
    private final WebRuntime runtime = new WebRuntime(clock);
    private final DecisionTally tally = new DecisionTally(new RecordingJournal());
    private final ScriptedService dns = new ScriptedService("dns");
    private Health journal = Health.UP;
    private final MetricsService metrics = new MetricsService(
            new MetricsConfig(List.of(Addresses.parse("127.0.0.1")), 0, "광명"),
            AddressPlan.real(),
            new MetricsPorts(
                    () -> List.of(dns),
                    () -> Map.of("journal", journal),
                    () -> List.of(
                            Reading.counter("kwm_received_bytes", "Octets received over TCP.", 7)
                                    .of("listener", "a \"quoted\"\nname"),
                            Reading.counter("kwm_received_bytes", "Octets received over TCP.", 8)
                                    .of("listener", "other")),
                    tally,
                    clock),
            runtime);

    /** A service that is as a test says. */
    private static final class ScriptedService implements Service {
        private final String name;
        private Health health = Health.UP;

        ScriptedService(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            // only its health is asked
        }

        @Override
        public void stop() {
            // only its health is asked
        }

        @Override
        public List<Listener> listeners() {
            return List.of();
        }

        @Override
        public Health health() {
            return health;
        }

        @Override
        public List<Reading> readings() {
            return List.of(Reading.gauge("kwm_dns_zones", "Zones served.", 3));
        }
    }

    @BeforeEach
    void open() throws StartException {
        metrics.start();
    }

    @AfterEach
    void close() {
        metrics.stop();
        runtime.close();
    }

    private String get(String path, String... fields) throws IOException {
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
        if (!String.join("", fields).contains("Host: ")) {
            lines.add("Host: localhost");
        }
        lines.addAll(List.of(fields));
        lines.addAll(List.of("Connection: close", "", ""));
        try (Socket socket = new Socket()) {
            InetSocketAddress at = metrics.listeners().get(0).socket();
            socket.connect(at);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Event event(Layer layer, Decision decision, int micros, int count) {
        return new Event(
                java.time.Instant.EPOCH,
                layer,
                null,
                Action.RESOLVE.word(),
                new Resource.Name("a.kp", "A"),
                decision,
                null,
                micros,
                count);
    }

    @Test
    void countsDecisionsByLayerVerdictAndReasonAndHowLongTheyTook() throws IOException {
        Decision denied = ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
        tally.record(event(Layer.DNS, ScriptedPolicy.allow("r"), 3, 1));
        tally.record(event(Layer.DNS, denied, 100, 5));
        tally.record(event(Layer.GATEWAY, ScriptedPolicy.allow("r"), 900_000_000, 1));
        assertThat(get("/metrics"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: text/plain; version=0.0.4; charset=utf-8")
                .contains(
                        "# TYPE kwm_decisions_total counter",
                        "kwm_decisions_total{layer=\"dns\",reason=\"rule\",verdict=\"allow\"} 1.0",
                        "kwm_decisions_total{layer=\"dns\",reason=\"no-rule\",verdict=\"deny\"} 5.0",
                        "# TYPE kwm_decision_seconds histogram",
                        "kwm_decision_seconds_bucket{layer=\"dns\",le=\"2.0E-6\"} 0",
                        "kwm_decision_seconds_bucket{layer=\"dns\",le=\"4.0E-6\"} 1",
                        "kwm_decision_seconds_bucket{layer=\"dns\",le=\"1.28E-4\"} 6",
                        "kwm_decision_seconds_bucket{layer=\"gateway\",le=\"+Inf\"} 1",
                        "kwm_decision_seconds_count{layer=\"dns\"} 6",
                        "kwm_dns_zones 3.0",
                        "jvm_memory_used_bytes",
                        "kwm_service_health{service=\"dns\",state=\"up\"} 1.0");
    }

    @Test
    void labelsKeepToTheirLine() throws IOException {
        assertThat(get("/metrics")).contains("kwm_received_bytes_total{listener=\"a \\\"quoted\\\"\\nname\"} 7.0");
    }

    @Test
    void speaksOpenMetricsToWhoAsksForIt() throws IOException {
        assertThat(get("/metrics", "Accept: application/openmetrics-text;version=1.0.0"))
                .containsIgnoringCase("content-type: application/openmetrics-text; version=1.0.0; charset=utf-8")
                .contains("# EOF");
    }

    @Test
    void whatIsForcedIsTimedUntilItIsOnDisk() throws IOException {
        var done = new CompletableFuture<Void>();
        DecisionTally waiting = new DecisionTally(new Journal() {
            @Override
            public void record(Event event) {
                throw new AssertionError("only forced here");
            }

            @Override
            public CompletionStage<Void> force(Event event) {
                return done;
            }
        });
        waiting.force(event(Layer.PORTAL, ScriptedPolicy.allow("r"), 1, 1));
        assertThat(waiting.waiting()).isOne();
        done.completeExceptionally(new IOException("full"));
        assertThat(waiting.waiting()).isZero();
        assertThat(waiting.notForced()).isOne();
    }

    @Test
    void isAliveWhileItAnswersAndReadyWhileEveryPartListens() throws IOException {
        assertThat(get("/health"))
                .startsWith("HTTP/1.1 200")
                .contains("{\"status\":\"up\",\"parts\":{\"dns\":{\"status\":\"up\"}");
        assertThat(get("/ready")).startsWith("HTTP/1.1 200");
        journal = Health.degraded("no \"room\" left");
        assertThat(get("/ready"))
                .startsWith("HTTP/1.1 200")
                .contains("\"status\":\"degraded\"", "\"why\":\"no \\u0022room\\u0022 left\"");
        dns.health = Health.DOWN;
        assertThat(get("/health")).startsWith("HTTP/1.1 200").contains("{\"status\":\"down\"");
        assertThat(get("/ready")).startsWith("HTTP/1.1 503");
    }

    @Test
    void answersToNoNameThatSomebodyElseCanLeadHere() throws IOException {
        for (String path : List.of("/", "/metrics", "/numbers.json", "/health")) {
            assertThat(get(path, "Host: evil.example")).startsWith("HTTP/1.1 421");
        }
        assertThat(get("/health", "Host: 127.0.0.1:9090")).startsWith("HTTP/1.1 200");
    }

    @Test
    void thePageSaysTheSameInBothLanguages() throws IOException {
        dns.health = Health.DOWN;
        assertThat(get("/?lang=en")).contains("Decisions", "kwm_received_bytes", ">15<", "it is not listening", "down");
        assertThat(get("/?lang=ko")).contains("<html lang=\"ko\">", "결정", "중지");
        assertThat(get("/numbers.json")).contains("\"kwm_received_bytes\":15.0", "\"dns\":\"down\"", "\"half\":null");
    }
}
