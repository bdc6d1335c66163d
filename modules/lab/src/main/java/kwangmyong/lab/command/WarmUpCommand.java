package kwangmyong.lab.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.process.LogSetup;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.RunningLab;
import kwangmyong.lab.running.Welcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Starts the default lab on free ports, asks it a few things and stops it, twice, so that the archive of loaded classes has what a first start needs
 * and what a later one does.
 */
@Command(name = "warm-up", hidden = true)
public final class WarmUpCommand implements Callable<Integer> {
    /** Far from the usual ports; a warm-up that finds one taken makes an archive of what it did load. */
    private static final int OFFSET = 21_000;

    private final Function<String[], CommandLine> commands;

    /** @param commands what {@code kwm} makes of its arguments */
    public WarmUpCommand(Function<String[], CommandLine> commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("kwm-warm-up");
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            var state = new StateFolder(root);
            state.create();
            LogSetup.toFile(state);
            LabFolder lab = LabFolder.find(LabFolder.DEFAULT);
            int first = rehearse(lab, state, silence);
            return first == ExitStatus.FINE ? rehearse(lab, state, silence) : first;
        } finally {
            try (Stream<Path> left = Files.walk(root)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    /** Starts a lab, asks it the commonest things as another process would, and stops it. */
    private int rehearse(LabFolder folder, StateFolder state, PrintStream out)
            throws IOException, InterruptedException {
        return RunningLab.lend(folder, state, RunFile.Mode.LOOPBACK, OFFSET, lab -> {
            out.print(Welcome.text(lab));
            var client = new ControlClient(state.run());
            for (String line : List.of("status", "sessions", "events", "explain academic dailynk.com")) {
                String[] words = line.split(" ", -1);
                commands.apply(words).parseArgs(words);
                client.run(List.of(words), Screen.PIPE, out, out);
            }
            String[] start = {"up", "--detach"};
            commands.apply(start).parseArgs(start);
        });
    }
}
