package kwangmyong.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the default lab on free ports, asks it a few things and stops it, twice, so that the archive of loaded classes has what a first start needs
 * and what a later one does.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    /** Far from the usual ports; a warm-up that finds one taken makes an archive of what it did load. */
    private static final int OFFSET = 21_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("kwm-warm-up");
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            var state = new StateFolder(root);
            state.create();
            LogSetup.toFile(state);
            LabFolder lab = LabFolder.find(LabFolder.DEFAULT);
            int first = RunningLab.rehearse(lab, state, OFFSET, silence);
            return first == ExitStatus.FINE ? RunningLab.rehearse(lab, state, OFFSET, silence) : first;
        } finally {
            try (Stream<Path> left = Files.walk(root)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
