package kwangmyong.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kwangmyong.console.command.CommandInterpreter;
import org.junit.jupiter.api.Test;

class OperatorCommandsTest {
    @Test
    void kwmHasEveryCommandOfTheConsoleInItsOrder() {
        assertThat(OperatorCommands.NAMES)
                .isEqualTo(List.copyOf(CommandInterpreter.headers().keySet()));
    }
}
