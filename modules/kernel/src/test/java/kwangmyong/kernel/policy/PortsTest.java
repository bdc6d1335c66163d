package kwangmyong.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @ParameterizedTest
    @CsvSource({
        "443, 443, tcp, true",
        "443, 443, udp, true",
        "443, 444, tcp, false",
        "8000-8099, 8099, tcp, true",
        "8000-8099, 8100, tcp, false",
        "udp/53, 53, udp, true",
        "udp/53, 53, tcp, false",
        "tcp, 1, tcp, true",
        "tcp, 1, udp, false",
        "icmp, 0, icmp, true",
        "443, 0, icmp, false",
        "ip-47, 0, ip-47, true",
        "ip-47, 0, ip-50, false"
    })
    void speaksOfTheFlowsThatItNames(String ports, int port, String protocol, boolean covered) {
        assertThat(Ports.parse(ports).covers(flow(port, protocol))).isEqualTo(covered);
    }

    @Test
    void aProtocolByItsNumberIsTheOneThatHasAName() {
        assertThat(Ports.parse("ip-6").covers(flow(443, "tcp"))).isTrue();
        assertThat(Ports.parse("ip-17").covers(flow(53, "udp"))).isTrue();
        assertThat(Ports.parse("ip-1").covers(flow(0, "icmp"))).isTrue();
        assertThat(Ports.parse("ip-58").covers(flow(0, "icmp"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "9-8", "sctp/5", "ip-256", "ip-007", "", "icmp/8"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Ports.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Resource.Flow flow(int port, String protocol) {
        return new Resource.Flow(Addresses.parse("198.51.100.7"), port, protocol);
    }
}
