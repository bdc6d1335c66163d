package kwangmyong.sites.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import kwangmyong.web.page.Language;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
final class LeafFuzzTest {
    @Test
    void anyPageIsOneOrSaysWhatItLacks() {
        SeededFuzz.ofTexts(20_000, "title: Sea | 바다\norder: 2\n:en\nblue **b** [c](/d)\n:ko\n푸르다\n| 1 | 2 |\n- a\n> b")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(Leaf.parse(text.lines().toList()).body(Language.KOREAN))
                                .isNotNull();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }
}
