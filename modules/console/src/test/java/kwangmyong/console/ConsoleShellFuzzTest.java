package kwangmyong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.jline.reader.SyntaxError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class ConsoleShellFuzzTest {
    @Test
    void anyLineIsWordsOrLeftOpen() {
        SeededFuzz.ofTexts(20_000, "grant delegate world --for 10m --reason 'a concert'", "events --where \"a=b\" \\ c")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(ConsoleShell.words(text)).doesNotContain("");
                    } catch (SyntaxError | IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotBlank();
                    }
                });
    }
}
