package kwangmyong.access.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event as it is written and its line as it is read back are seen as the same. */
class SightingTest {
    private static final Instant TIME = Instant.parse("2026-03-01T09:00:00Z");
    private static final InetAddress TERMINAL = Addresses.parse("10.76.20.11");

    static List<Resource> resources() {
        return List.of(
                new Resource.Name("abc.t.example.com", "NULL"),
                new Resource.Endpoint("host.example", 443),
                new Resource.Endpoint("10.0.0.1", 8443),
                new Resource.Flow(Addresses.parse("8.8.8.8"), 53, "udp"),
                new Resource.Flow(Addresses.parse("2001:db8::53"), 853, "tcp"),
                new Resource.Flow(Addresses.parse("8.8.8.8"), 0, "icmp"),
                new Resource.Page("GET", "https", "host.example", 8443, "/a:53/b"),
                new Resource.Page("GET", "http", "host.example", 80, "/"),
                new Resource.Mailbox("academic@silibank.net.kp"));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void seesTheSameInTheEventAndInItsLine(Resource resource) {
        Layer layer = resource instanceof Resource.Name ? Layer.DNS : Layer.GATEWAY;
        var event = new Event(TIME, layer, new Identity(TERMINAL, null, null), "resolve", resource, null, null, 0);
        Map<String, String> fields = new HashMap<>();
        fields.put("time", TIME.toString());
        fields.put("id", "id");
        fields.put("service", layer.word());
        fields.put("terminal", "10.76.20.11");
        fields.put("action", "resolve");
        fields.put("resource", resource.toString());
        Sighting written = Sighting.of(event, 1, "id").orElseThrow();
        Sighting read = Sighting.of(new JournalEntry("{}", fields)).orElseThrow();
        assertThat(read.host()).isEqualTo(written.host());
        assertThat(read.type()).isEqualTo(written.type());
        if (!(resource instanceof Resource.Page)) {
            assertThat(read.port()).isEqualTo(written.port());
        }
        assertThat(read.time()).isEqualTo(written.time());
        assertThat(Objects.requireNonNull(read.terminal())).isEqualTo(written.terminal());
    }

    @Test
    void seesNothingInWhatNoTerminalDid() {
        assertThat(Sighting.of(new Event(TIME, Layer.CONSOLE, null, "start", "lab", null, null, 0), 1, "id"))
                .isEmpty();
        assertThat(Sighting.of(new JournalEntry("{}", Map.of("time", "never", "terminal", "10.0.0.1"))))
                .isEmpty();
    }
}
