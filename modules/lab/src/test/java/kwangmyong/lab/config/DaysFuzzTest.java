package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class DaysFuzzTest {
    @Test
    void anyDaysAreSomeOrASentence() {
        SeededFuzz.ofTexts(20_000, "mon-fri", "sat, sun", "fri-mon", "Wednesday")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(HoursReader.days(text)).isNotEmpty();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).contains("names no days");
                    }
                });
    }
}
