package kwangmyong.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final Instant OPENS = Instant.parse("2016-09-19T01:30:00Z");
    private static final Instant CLOSES = Instant.parse("2016-09-20T01:30:00Z");
    private static final Hours WINDOW = new Hours(
            Set.of(DayOfWeek.values()), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, OPENS, CLOSES);

    @ParameterizedTest
    @CsvSource({
        "2016-09-19T01:29:59Z, false",
        "2016-09-19T01:30:00Z, true",
        "2016-09-20T01:29:59.999Z, true",
        "2016-09-20T01:30:00Z, false",
        "2017-09-19T12:00:00Z, false"
    })
    void openAtTheFirstMomentAndCloseAtTheLast(Instant when, boolean within) {
        assertThat(WINDOW.contains(when)).isEqualTo(within);
    }

    @Test
    void holdOnTheirDaysOnlyWithinTheWindow() {
        Hours tuesdays = new Hours(
                Set.of(DayOfWeek.TUESDAY), LocalTime.of(1, 0), LocalTime.of(2, 0), ZoneOffset.UTC, OPENS, CLOSES);
        assertThat(tuesdays.contains(Instant.parse("2016-09-19T01:45:00Z"))).isFalse();
        assertThat(tuesdays.contains(Instant.parse("2016-09-20T01:15:00Z"))).isTrue();
        assertThat(tuesdays.contains(Instant.parse("2016-09-20T01:45:00Z"))).isFalse();
    }

    @Test
    void refuseAnEndThatIsNotAfterTheBeginning() {
        assertThatThrownBy(() -> new Hours(
                        Set.of(DayOfWeek.MONDAY),
                        LocalTime.MIDNIGHT,
                        LocalTime.MIDNIGHT,
                        ZoneOffset.UTC,
                        CLOSES,
                        CLOSES))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
