package kwangmyong.lab.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.ControlWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        header = "Stop a lab.",
        description = "What it keeps (journal, mail, keys) stays for the next start.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:it does not run any more", "2:bad usage or configuration"},
        footer = {"  kwm down", "  kwm down ./mine"})
public final class DownCommand implements Callable<Integer> {
    /** A lab that does not stop by itself within this is killed. */
    private static final long STOP_WITHIN_SECONDS = 15;

    @Mixin
    LabArgument lab = new LabArgument();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        StateFolder state = lab.state();
        Optional<RunFile.About> running = RunFile.read(state);
        if (running.isEmpty()) {
            System.out.println("kwm: " + lab.typed() + " is not running");
            return ExitStatus.FINE;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(running.get().pid());
        new ControlClient(state.run()).run(ControlWord.STOP.with(List.of()), Screen.PIPE, System.out, System.err);
        if (process.isPresent()) {
            try {
                process.get().onExit().get(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stuck) {
                System.err.println("kwm: it did not stop within " + STOP_WITHIN_SECONDS + " s and was killed");
                process.get().destroyForcibly();
            }
        }
        System.out.println("kwm: " + lab.typed() + " is down");
        return ExitStatus.FINE;
    }
}
