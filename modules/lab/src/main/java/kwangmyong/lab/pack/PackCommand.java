package kwangmyong.lab.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import kwangmyong.lab.outcome.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What scripts/kwm does once after each build. */
@Command(name = "pack", hidden = true)
public final class PackCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JAR")
    Path main = Path.of(".");

    @Parameters(index = "1", paramLabel = "TARGET")
    Path target = Path.of(".");

    @Override
    public Integer call() throws IOException {
        OneJar.merge(main, target);
        return ExitStatus.FINE;
    }
}
