package kwangmyong.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Trial;
import org.junit.jupiter.api.Test;

class BenchScreenTest {
    private static final TrialId ID = new TrialId("garden", "plain", "ssh", 1);
    private static final String STEERING = "\u001b]0;title\u0007\u001b[2J cleared";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final BenchScreen screen =
            new BenchScreen(new PrintStream(printed, true, StandardCharsets.UTF_8), false, 0, 1);

    @Test
    void whatAToolSaidCannotSteerTheTerminal() {
        screen.ended(ID, trial(STEERING), 1, 1, null);
        screen.failed("garden", STEERING);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("1/1  garden/plain/ssh/1", "kwm: garden: ", "[2J cleared")
                .doesNotContain("\u001b", "\u0007");
    }

    private static Trial trial(String why) {
        return new Trial(
                ID.path(),
                ID.regime(),
                ID.condition(),
                ID.tool(),
                ID.repetition(),
                1,
                null,
                null,
                Outcome.ERROR,
                why,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                null,
                List.of());
    }
}
