package kwangmyong.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kwangmyong.testkit.SeededFuzz;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Request.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class TargetsFuzzTest {
    @Test
    void anyTargetIsReadOrRefused() {
        Headers headers = Headers.copyOf(List.of(Map.entry("Host", "news.kp")));
        SeededFuzz.ofTexts(20_000, "/search?q=a#b", "http://news.kp:80/a?b", "*", "https://[::1]/")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    try {
                        Target target = Targets.read("http", text, headers, true);
                        assertThat(target.path()).startsWith("/");
                        assertThat(target.host()).isNotEmpty();
                    } catch (Refusal refused) {
                        assertThat(refused.status()).isEqualTo(400);
                    }
                });
    }
}
