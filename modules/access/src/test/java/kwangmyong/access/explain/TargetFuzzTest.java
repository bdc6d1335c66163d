package kwangmyong.access.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.OperationException;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator types, damaged: understood, or refused in a sentence. */
@Tag("fuzz")
class TargetFuzzTest {
    @Test
    void anyTargetIsQuestionsOrASentence() {
        SeededFuzz.ofTexts(
                        20_000,
                        "http://조선.kp:8080/a?b=c",
                        "[fd00:76::1]:443",
                        "kcna.kp:80",
                        "trader@silibank.net.kp",
                        "10.76.1.20")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(Target.parse(text).questions()).isNotEmpty();
                    } catch (OperationException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }

    @Test
    void anyConditionIsOneOrASentence() {
        SeededFuzz.ofTexts(20_000, "verdict=deny", "subject = academic", "elapsed_us=1")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(JournalMatch.parse(text).field()).isNotBlank();
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }
}
