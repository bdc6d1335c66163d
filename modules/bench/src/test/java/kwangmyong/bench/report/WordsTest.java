package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "0.0123456|0.0123",
                "1.0|1.0",
                "9.999|10.0",
                "123.456|123",
                "999.9|1000",
                "1234.5|1,235",
                "999999|999,999",
                "18404216|18.4M",
                "2500000000|2.5G",
                "0.000000123|0.000000123",
                "-2.345|-2.35",
                "NaN|NaN"
            })
    void numbersHaveThreeSignificantDigitsAndNoExponent(double value, String said) {
        assertThat(Words.number(value)).isEqualTo(said);
    }

    @Test
    void timesSayHowLongInTheirOwnOrder() {
        Instant begun = Instant.parse("2026-03-01T09:00:00Z");
        assertThat(Words.took(begun, begun.plusMillis(4_321))).isEqualTo("4.32 s");
        assertThat(Words.took(begun, begun.plusSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(Words.took(begun, begun.plusSeconds(8_400))).isEqualTo("2 h 20 min");
        assertThat(Words.took(begun, null)).isEqualTo("not said");
    }

    @Test
    void valuesOfAnyKindAreShownAndLongOnesCut() {
        assertThat(Words.value(List.of(1, "a", true))).isEqualTo("1, a, yes");
        assertThat(Words.value(Map.of("answers", List.of()))).isEqualTo("answers ");
        assertThat(Words.value(null)).isEqualTo("none");
        assertThat(Words.value("x".repeat(5_000))).hasSize(301).endsWith("…");
    }
}
