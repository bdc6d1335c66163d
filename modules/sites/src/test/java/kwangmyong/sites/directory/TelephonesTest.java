package kwangmyong.sites.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TelephonesTest {
    private final Telephones telephones = new Telephones(7, 400);

    @ParameterizedTest
    @ValueSource(strings = {"bridges", "다리", "director", "piano operator", "KIM", "381-"})
    void findsByAnyPartOfAnEntryInEitherLanguage(String query) {
        assertThat(telephones.find(query).total()).isPositive();
        assertThat(telephones.find(query).shown()).hasSizeLessThanOrEqualTo(Telephones.MOST_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "nobody at all", "%", "\u0000"})
    void findsNobodyForNothing(String query) {
        assertThat(telephones.find(query).total()).isZero();
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(new Telephones(7, 400).find("a").shown())
                .isEqualTo(telephones.find("a").shown());
    }
}
