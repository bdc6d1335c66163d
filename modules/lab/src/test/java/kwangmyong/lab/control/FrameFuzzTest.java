package kwangmyong.lab.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class FrameFuzzTest {
    @Test
    void anyLineIsAFrameThatReadsAgainOrNone() {
        SeededFuzz.ofTexts(
                        20_000,
                        new Frame.Request(List.of("explain", "academic", "김.kp"), new Screen(true, 80)).encode(),
                        new Frame.Output(true, "a\n\"b\"").encode(),
                        new Frame.Exit(3).encode(),
                        "{\"arguments\":1}",
                        "{\"arguments\":[{\"a\":[]}],\"x\":{}}")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        Frame frame = Frame.decode(text);
                        assertThat(Frame.decode(frame.encode())).isEqualTo(frame);
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused).hasMessage("not a control frame");
                    }
                });
    }
}
