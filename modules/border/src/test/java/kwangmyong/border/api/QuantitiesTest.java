package kwangmyong.border.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @Test
    void readsWhatPeopleWrite() {
        assertThat(Quantities.time("80ms")).isEqualTo(Duration.ofMillis(80));
        assertThat(Quantities.time("1.5 s")).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Quantities.rate("2Mbit")).isEqualTo(2_000_000);
        assertThat(Quantities.rate("0.5kbit")).isEqualTo(500);
        assertThat(Quantities.share("0.5%")).isEqualTo(0.005);
        assertThat(Quantities.size("16MiB")).isEqualTo(16 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ms", "-1ms", "1e3ms", "80 parsecs", "0x10ms", "1..5s", "9999999999s"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Quantities.time(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConditionSaysWhatItMayBe() {
        assertThatThrownBy(() -> new Condition(Duration.ofMillis(1), Duration.ofMillis(2), 0, 0))
                .hasMessage("jitter: 2ms (expected: at most the delay, 1ms)");
        assertThatThrownBy(() -> new Condition(Duration.ZERO, Duration.ZERO, 1.5, 0))
                .hasMessage("loss: 150.0% (expected: 0%-100%)");
        assertThatThrownBy(() -> new Condition(Duration.ofSeconds(11), Duration.ZERO, 0, 0))
                .hasMessage("delay: 11000ms (expected: 0ms-10s)");
        assertThatThrownBy(() -> new Condition(Duration.ZERO, Duration.ZERO, 0, 10))
                .hasMessage("rate: 10bit (expected: 1kbit-100Gbit)");
    }
}
