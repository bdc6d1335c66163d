package kwangmyong.lab.choice;

import java.util.List;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.NotRunningException;
import kwangmyong.lab.process.RunFile;
import picocli.CommandLine.Option;

/** Which lab a command is about, for commands that do not name one in their own place. */
public final class LabChoice {
    @Option(
            names = "--lab",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            completionCandidates = LabNames.class,
            description = "the lab it is about (default: ${DEFAULT-VALUE})")
    private String lab = LabFolder.DEFAULT;

    /** As it was typed. */
    public String typed() {
        return lab;
    }

    /** What follows {@code kwm up} to start it; empty for the lab that is meant without a word. */
    public String asArgument() {
        return lab.equals(LabFolder.DEFAULT) ? "" : " " + lab;
    }

    public LabFolder folder() {
        return LabFolder.find(lab);
    }

    public StateFolder state() {
        return StateFolder.of(folder().name());
    }

    /** What is thrown where the lab turns out not to run. */
    public NotRunningException notRunning() {
        return new NotRunningException("the lab '" + lab + "' is not running; start it with: kwm up" + asArgument());
    }

    /**
     * Says words to the running lab, whose answer goes to this process's own output.
     *
     * @return the exit status
     */
    public int ask(Screen screen, List<String> words) {
        return new ControlClient(state().run())
                .run(words, screen, System.out, System.err)
                .orElseThrow(this::notRunning);
    }

    /** The running lab, or an exit with status 3 saying how to start it. */
    public RunFile.About running() {
        return RunFile.read(state()).orElseThrow(this::notRunning);
    }
}
