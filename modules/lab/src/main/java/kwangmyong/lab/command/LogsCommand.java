package kwangmyong.lab.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.outcome.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logs",
        header = "Show the lab's own log: starts, faults, warnings.",
        description = "Decisions are in the journal: kwm events.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:fine", "2:bad usage or configuration", "3:there is no log yet"},
        footer = {"  kwm logs", "  kwm logs --follow"})
public final class LogsCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 200;

    @Mixin
    LabChoice choice = new LabChoice();

    @Option(
            names = {"-f", "--follow"},
            description = "go on as lines come, until Ctrl-C")
    boolean follow;

    @Override
    public Integer call() throws IOException {
        Path file = choice.state().logs().resolve("kwm.log");
        if (!Files.exists(file)) {
            System.err.println("kwm: " + choice.typed() + " has no log yet (it would be " + file + ")");
            return ExitStatus.NOT_RUNNING;
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            do {
                byte[] fresh = new byte[(int) Math.min(1 << 16, log.length() - log.getFilePointer())];
                log.readFully(fresh);
                System.out.print(new String(fresh, StandardCharsets.UTF_8));
                System.out.flush();
                if (fresh.length == 0 && follow) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
                } else if (fresh.length == 0) {
                    break;
                }
            } while (true);
        }
        return ExitStatus.FINE;
    }
}
