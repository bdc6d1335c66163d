package kwangmyong.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    @Test
    void playsLinesPatternsBytesAndTheClose() {
        assertThatCode(() -> Conversation.of("all", """
                                # a comment
                                S: 220 {\\S+} ready (2{\\d{2}})
                                C: EHLO a
                                S* 250-{.*}
                                S: 250 last
                                C| x\\x41\\r\\n\\\\
                                S-
                                """)
                        .play(new Echo("220 mail.kp ready (200)", "250-A", "250-B", "250 last")))
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhereItDiffersAndWhatWasHeard() {
        Conversation script = Conversation.of("mail", "S: 220 ready\nC: QUIT\nS: 221 bye\nS-\n");
        assertThatThrownBy(() -> script.play(new Echo("220 ready", "500 what")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mail:3: expected '221 bye'")
                .hasMessageContaining("500 what");
        assertThatThrownBy(() -> script.play(new Echo("220 ready", "221 bye", "more")))
                .hasMessageContaining("expected '(closed)'");
    }

    @Test
    void refusesAScriptThatIsNone() {
        assertThatThrownBy(() -> Conversation.of("bad", "X: hello")).hasMessageContaining("bad:1");
    }

    private static final class Echo implements Conversation.Server {
        private final Deque<String> lines;
        private final StringBuilder said = new StringBuilder();

        Echo(String... lines) {
            this.lines = new ArrayDeque<>(Arrays.asList(lines));
        }

        @Override
        public void say(byte[] bytes) {
            said.append(new String(bytes, StandardCharsets.UTF_8));
            assertThat(said.toString()).startsWith(said.charAt(0) == 'Q' ? "QUIT\r\n" : "EHLO a\r\n");
        }

        @Override
        public @Nullable String hear() {
            return lines.poll();
        }
    }
}
