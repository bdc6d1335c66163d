package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
final class NextPageFuzzTest {
    @Test
    void anyNextPageIsAPlainUrlOrNone() {
        SeededFuzz.ofTexts(20_000, "http://kcna.kp/a?b#c", "HTTPS://[fd00::1]:443/", "javascript:x", "//kcna.kp")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    NextPage page = NextPage.parse(text);
                    if (page != null) {
                        assertThat(page.url()).matches("(?i)https?://[!-~]+").doesNotContain("<", "\"", "'", "\\");
                        assertThat(page.host()).isNotEmpty().doesNotContain("@");
                    }
                });
    }
}
