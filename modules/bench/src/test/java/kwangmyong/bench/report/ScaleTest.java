package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({"0.01, 0.012", "0.5, 40", "0.001, 1000000", "3, 3", "1e-9, 1e12", "0, 0", "0, 7", "-3, 200"})
    void hasAFewRoundTicksInOrderWithinTheDrawing(double least, double most) {
        Scale scale = Scale.around(List.of(least, most));
        List<Double> places = scale.ticks().stream()
                .map(tick -> Double.parseDouble(tick.at().replace("%", "")))
                .toList();
        assertThat(places).hasSizeBetween(0, 7).isSorted().doesNotHaveDuplicates();
        assertThat(places).allMatch(place -> place >= 2 && place <= 98);
        assertThat(scale.ticks()).extracting(Figure.Tick::label).doesNotHaveDuplicates();
    }

    @Test
    void isLogarithmicWhereEveryValueIsPositive() {
        Scale scale = Scale.around(List.of(1.0, 100.0));
        assertThat(scale.logarithmic()).isTrue();
        assertThat(scale.at(10)).isEqualTo("50.0%");
        assertThat(Scale.around(List.of(0.0, 100.0)).logarithmic()).isFalse();
    }

    @Test
    void keepsWhatIsBeyondAtTheEdgeAndSaysSo() {
        Scale scale = Scale.around(List.of(1.0, 2.0));
        assertThat(scale.at(1e-6)).isEqualTo("2.0%");
        assertThat(scale.at(1e6)).isEqualTo("98.0%");
        assertThat(scale.isLeftOf(1e-6)).isTrue();
        assertThat(scale.isRightOf(1e6)).isTrue();
        assertThat(scale.isRightOf(2.0)).isFalse();
    }
}
