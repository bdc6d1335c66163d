package kwangmyong.lab.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kwangmyong.border.api.Quantities;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.running.Captures;
import kwangmyong.lab.running.ControlWord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "capture",
        header = "Write what passes the border of a lab in isolated mode, as pcapng.",
        description =
                "Until Ctrl-C or for a while. Each packet stands there as it came in, on the interface 'in' or 'out', and as it went on, on the other. Its comment says the verdict, the rule and the decision's id, which the journal has as the detail of the flow's line.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:fine",
            "1:packets are missing, or the file could not be written",
            "2:bad usage, or there is no border",
            "3:the lab is not running"
        },
        footer = {
            "  kwm capture trial.pcapng --for 10s",
            "  tshark -r trial.pcapng -T fields -e frame.interface_name -e frame.comment"
        })
public final class CaptureCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(paramLabel = "FILE", description = "written anew")
    @Nullable
    Path file;

    @Option(names = "--for", paramLabel = "TIME", description = "how long, such as 10s or 5min (default: until Ctrl-C)")
    @Nullable
    String duration;

    @Option(
            names = "--most",
            paramLabel = "SIZE",
            defaultValue = "1GiB",
            description = "of the file (default: ${DEFAULT-VALUE})")
    String most = "1GiB";

    @Override
    public Integer call() throws InterruptedException {
        if (file == null) {
            throw new UsageException("which file is missing");
        }
        String path = file.toAbsolutePath().normalize().toString();
        Duration time;
        long octets;
        try {
            time = duration == null ? Duration.ofDays(365) : Quantities.time(duration);
            octets = Quantities.size(most);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
        int begun = ask(Captures.BEGIN, path, Long.toString(octets));
        if (begun != ExitStatus.FINE) {
            return begun;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread atSignal = new Thread(() -> {
            ask(Captures.END, path);
            ended.countDown();
        });
        Runtime.getRuntime().addShutdownHook(atSignal);
        if (ended.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return ExitStatus.FINE;
        }
        Runtime.getRuntime().removeShutdownHook(atSignal);
        return ask(Captures.END, path);
    }

    private int ask(String... words) {
        return choice.ask(Screen.PIPE, ControlWord.CAPTURE.with(List.of(words)));
    }
}
