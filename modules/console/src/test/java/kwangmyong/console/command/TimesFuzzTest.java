package kwangmyong.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class TimesFuzzTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final ZoneId ZONE = ZoneOffset.ofHours(9);

    @Test
    void anyDurationIsOneOrASentence() {
        SeededFuzz.ofTexts(20_000, "1d12h", "90s", "45m", "9999d99999h999999m99999999s")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(Times.duration(text).isNegative()).isFalse();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }

    @Test
    void anyInstantIsOneOrASentence() {
        SeededFuzz.ofTexts(20_000, "2026-03-01T09:00:00Z", "2026-03-01T18:00", "18:00", "+999999999-12-31T23:59")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(Times.instant(text, NOW, ZONE)).isNotNull();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }
}
