package kwangmyong.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final Instant OPENS = Instant.parse("2016-09-19T01:30:00Z");
    private static final Instant CLOSES = Instant.parse("2016-09-20T01:30:00Z");
    private static final Hours WINDOW = new Hours(
            EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC, OPENS, CLOSES);

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
    void neverTurnBeforeTheNextTurnTheyTell() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("hours: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Instant when = OPENS.plusSeconds(random.nextInt(400 * 86_400));
            Hours hours = new Hours(
                    EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.of(1 + random.nextInt(7))),
                    LocalTime.ofSecondOfDay(random.nextInt(86_400)),
                    LocalTime.ofSecondOfDay(random.nextInt(86_400)),
                    random.nextBoolean() ? ZoneId.of("Europe/Berlin") : ZoneId.of("Asia/Pyongyang"),
                    random.nextBoolean() ? when.plusSeconds(random.nextInt(200_000) - 100_000) : null,
                    null);
            Instant turn = hours.nextTurn(when);
            assertThat(turn).isAfter(when);
            boolean now = hours.contains(when);
            long left = Duration.between(when, turn).toSeconds();
            for (long step = 0; step < left; step += 1 + left / 200) {
                assertThat(hours.contains(when.plusSeconds(step))).isEqualTo(now);
            }
            assertThat(hours.contains(turn.minusNanos(1))).isEqualTo(now);
        }
    }

    @Test
    void refuseAnEndThatIsNotAfterTheBeginning() {
        Set<DayOfWeek> monday = EnumSet.of(DayOfWeek.MONDAY);
        LocalTime noon = LocalTime.NOON;
        assertThatThrownBy(() -> new Hours(monday, noon, noon, ZoneOffset.UTC, CLOSES, OPENS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
