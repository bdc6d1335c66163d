package kwangmyong.mail.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.net.LineFramer.Line;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
final class Pop3EngineFuzzTest {
    private static final Pop3Terms TERMS = new Pop3Terms("mail.kp", true, 20, 3);

    @Test
    void anyConversationIsAnswered() {
        SeededFuzz.ofTexts(
                        20_000,
                        "CAPA\nUSER a\nPASS b c\nSTAT\nLIST\nLIST 1\nUIDL\nRETR 1\nTOP 1 2147483648\nDELE 1\nRSET\nQUIT",
                        "AUTH PLAIN AGEAYg==\nSTAT",
                        "AUTH LOGIN\nYQ==\nYg==\nUIDL 99999999999\nNOOP\nSTLS\nUTF8")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    var engine = new Pop3Engine(TERMS, text.length() % 2 == 0);
                    for (String line : text.split("\n", 64)) {
                        Pop3Step step = engine.line(new Line.Text(line));
                        assertThat(step).isNotNull();
                        if (step instanceof Pop3Step.LogIn) {
                            assertThat(engine.opened(List.of())).isNotNull();
                        } else if (step instanceof Pop3Step.Say say) {
                            assertThat(say.lines()).endsWith("\r\n").matches("(?s)(\\+OK|-ERR|\\+ ).*");
                        }
                    }
                });
    }
}
