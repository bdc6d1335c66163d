package kwangmyong.kernel.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPlanTest {
    private final AddressPlan plan =
            AddressPlan.loopback(0, List.of(AddressRange.parse("10.76.0.0/16"), AddressRange.parse("175.45.178.0/24")));

    @Test
    void movesTheFirstOctetAndThePort() {
        assertThat(plan.socket(new InetSocketAddress(Addresses.parse("10.76.0.1"), 53)))
                .isEqualTo(new InetSocketAddress(Addresses.parse("127.76.0.1"), 10_053));
        assertThat(plan.socket(Addresses.parse("fd00:76::1"))).isEqualTo(Addresses.parse("::1"));
    }

    @Test
    void findsTheWayBackThroughTheRangesThatTerminalsSpeakFrom() {
        assertThat(plan.lab(Addresses.parse("127.76.20.11"))).isEqualTo(Addresses.parse("10.76.20.11"));
        assertThat(plan.lab(Addresses.parse("127.45.178.9"))).isEqualTo(Addresses.parse("175.45.178.9"));
        assertThat(plan.lab(Addresses.parse("127.0.0.1"))).isEqualTo(Addresses.parse("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.76.10.0/33", "10.76.10.1/24", "10.76.10.0/x", "example.com/8", "256.0.0.0/8", "1.2.3/24"})
    void refusesWhatIsNotARange(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesBitsWithinAnOctet() {
        AddressRange range = AddressRange.parse("175.45.176.0/22");
        assertThat(range.contains(Addresses.parse("175.45.179.255"))).isTrue();
        assertThat(range.contains(Addresses.parse("175.45.180.0"))).isFalse();
        assertThat(range.contains(Addresses.parse("fd00::1"))).isFalse();
    }
}
