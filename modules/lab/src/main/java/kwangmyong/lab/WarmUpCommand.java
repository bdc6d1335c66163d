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

/** Starts the default lab on free ports, asks it a few things and stops it, so that the archive of loaded classes made at exit has what a start needs. */
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
            return RunningLab.rehearse(LabFolder.find(LabFolder.DEFAULT), state, OFFSET, silence);
        } finally {
            try (Stream<Path> left = Files.walk(root)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
