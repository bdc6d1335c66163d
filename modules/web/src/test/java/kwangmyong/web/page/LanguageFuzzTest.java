package kwangmyong.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class LanguageFuzzTest {
    @Test
    void anyAcceptLanguageEndsInALanguage() {
        SeededFuzz.ofTexts(20_000, "ko-KP,ko;q=0.9,en;q=0.1", "en;q=1.000, *;q=0")
                .tryAll(
                        StandardCharsets.ISO_8859_1,
                        text -> assertThat(Language.accepted(text, Language.ENGLISH))
                                .isNotNull());
    }
}
