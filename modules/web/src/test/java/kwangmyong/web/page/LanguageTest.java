package kwangmyong.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ko|KOREAN",
                "ko-KP, en;q=0.8|KOREAN",
                "en;q=0.3, ko;q=0.7|KOREAN",
                "en-GB,en;q=0.9,ko;q=0.8|ENGLISH",
                "fr, ko;q=0.1|KOREAN",
                "fr|ENGLISH",
                "*|ENGLISH",
                "ko;q=0|ENGLISH",
                "ko;q=nonsense|ENGLISH",
                ",,;;q|ENGLISH"
            })
    void choosesTheLanguageThatTheBrowserPrefers(String field, Language expected) {
        assertThat(Language.accepted(field, Language.ENGLISH)).isEqualTo(expected);
    }
}
