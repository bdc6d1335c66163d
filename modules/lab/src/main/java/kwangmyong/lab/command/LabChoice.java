package kwangmyong.lab.command;

import java.util.List;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.NotRunningException;
import kwangmyong.lab.process.RunFile;
import picocli.CommandLine.Option;

/** Which lab a command is about, for commands that do not name one in their own place. */
final class LabChoice {
    @Option(
            names = "--lab",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            description = "the lab it is about (default: ${DEFAULT-VALUE})")
    String lab = LabFolder.DEFAULT;

    LabFolder folder() {
        return LabFolder.find(lab);
    }

    StateFolder state() {
        return StateFolder.of(folder().name());
    }

    /** What is thrown where the lab turns out not to run. */
    NotRunningException notRunning() {
        return new NotRunningException("the lab '" + lab + "' is not running; start it with: kwm up"
                + (lab.equals(LabFolder.DEFAULT) ? "" : " " + lab));
    }

    /**
     * Says words to the running lab, whose answer goes to this process's own output.
     *
     * @return the exit status
     */
    int ask(Screen screen, List<String> words) {
        return new ControlClient(state().run())
                .run(words, screen, System.out, System.err)
                .orElseThrow(this::notRunning);
    }

    /** The running lab, or an exit with status 3 saying how to start it. */
    RunFile.About running() {
        return RunFile.read(state()).orElseThrow(this::notRunning);
    }
}
