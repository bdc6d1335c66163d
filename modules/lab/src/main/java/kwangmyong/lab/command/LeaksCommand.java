package kwangmyong.lab.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.running.ControlWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "leaks",
        header = "Look for ways out of a lab in isolated mode.",
        description =
                "Links, routes, sockets and folders that should not be there, packets that got away. The same is looked at before the lab is up, which refuses to start with a leak.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:there is none", "1:there is one", "2:bad usage or configuration", "3:the lab is not running"
        },
        footer = {"  kwm leaks"})
public final class LeaksCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Override
    public Integer call() throws IOException {
        return choice.ask(Screen.PIPE, ControlWord.LEAKS.with(Isolation.socketsNow()));
    }
}
