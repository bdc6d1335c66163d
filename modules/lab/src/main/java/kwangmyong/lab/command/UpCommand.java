package kwangmyong.lab.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.LogSetup;
import kwangmyong.lab.process.ReadyWord;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.RunningLab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        header = "Start a lab.",
        description = {
            "It stays in front, and Ctrl-C stops it; with --detach it goes on in the background. It is ready when every listener answers.",
            "",
            "In loopback mode everything is on 127/8 and needs no privilege: the lab's 10.a.b.c:port is 127.a.b.c:(port + 10000), so that each subject has a terminal of its own to speak from.",
            "",
            "In isolated mode (Linux) the lab and each terminal have networks of their own, at the real addresses and with no way out. Programs run there by kwm enter. It needs no root."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the lab was stopped, or runs in the background",
            "2:bad usage or configuration, or a part that cannot start",
            "3:it was not ready in time"
        },
        footer = {
            "  kwm up",
            "  kwm up --detach --offset 100",
            "  dig -b 127.76.20.11 @127.76.0.1 -p 10053 namsan.aca.kp",
            "  curl --interface 127.76.20.11 -x http://127.76.0.1:13128 http://namsan.aca.kp/",
            "  kwm up --mode isolated --detach",
            "  kwm enter academic -- curl http://namsan.aca.kp/"
        })
public final class UpCommand implements Callable<Integer> {
    private static final Set<String> SERVICES =
            new TreeSet<>(Set.of("dns", "gateway", "mail", "sites", "portal", "console", "metrics"));

    private static final int MAX_OFFSET = 40_000;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 50;

    @Mixin
    LabArgument lab = new LabArgument();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "loopback",
            description = "loopback (default), isolated, or container")
    RunFile.Mode mode = RunFile.Mode.LOOPBACK;

    @Option(
            names = "--demonstration",
            description = "in container mode, let accounts have the passwords that everybody knows")
    boolean demonstration;

    @Option(names = "--detach", description = "return as soon as every listener answers, and go on in the background")
    boolean detach;

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "move every port up by N, for labs side by side (default: 0)")
    int offset;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVICE",
            description =
                    "only these services: dns, gateway, mail, sites, portal, console, metrics; others run as processes of their own (kwm serve)")
    Set<String> only = new LinkedHashSet<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabFolder folder = lab.folder();
        StateFolder state = StateFolder.of(folder.name());
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new UsageException("--offset: " + offset + " (expected: 0-" + MAX_OFFSET + ")");
        }
        if (!SERVICES.containsAll(only)) {
            throw new UsageException(
                    "--only: " + String.join(",", only) + " (expected: some of " + String.join(", ", SERVICES) + ")");
        } else if (mode != RunFile.Mode.LOOPBACK && offset != 0) {
            throw new UsageException("--offset: only in loopback mode do labs share a network");
        } else if (mode == RunFile.Mode.CONTAINER && !demonstration && hasDemonstration(Declared.orExplain(folder))) {
            throw new UsageException(
                    "this lab's passwords are known to everybody, and strangers may come to a container;"
                            + " give accounts passwords of their own, or say --demonstration");
        } else if (mode == RunFile.Mode.ISOLATED && System.getenv(RunFile.LAUNCHER) == null) {
            throw new UsageException("isolated mode needs the namespaces that scripts/kwm makes; start it by that");
        }
        state.createFor("the lab's");
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < READY_WITHIN.toNanos()) {
            Optional<RunFile.About> running = RunFile.read(state);
            if (running.isPresent()) {
                return alreadyRunning(folder, state, running.get());
            }
            Optional<RunFile> claimed = RunFile.claim(state, folder, mode, offset);
            if (claimed.isPresent()) {
                return start(folder, state, claimed.get());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS); // somebody else has the lock and has not said yet who they are
        }
        System.err.println("kwm: another process holds " + state.run());
        return ExitStatus.NOT_RUNNING;
    }

    private static boolean hasDemonstration(LabDeclaration lab) {
        return Stream.concat(
                        lab.accounts().values().stream(),
                        lab.operators().values().stream().map(LabDeclaration.Operator::password))
                .anyMatch(LabDeclaration.Password.Demonstration.class::isInstance);
    }

    private Integer alreadyRunning(LabFolder folder, StateFolder state, RunFile.About about)
            throws InterruptedException {
        if (!about.lab().equals(folder.folder())) {
            throw new UsageException("the lab " + about.lab() + " runs on this state (process " + about.pid()
                    + "); stop it first, or name another folder by KWM_STATE");
        }
        if (!answers(state)) {
            System.out.println("kwm: " + folder.name() + " is starting already (process " + about.pid() + ")");
            if (!isReady(state)) {
                System.err.println("kwm: it is not ready; kwm logs shows how far it came");
                return ExitStatus.NOT_RUNNING;
            }
        }
        System.out.println(
                "kwm: " + folder.name() + " is running already (process " + about.pid() + "); kwm down stops it");
        return ExitStatus.FINE;
    }

    /** Waits for a lab that somebody else starts; false when it ends or takes too long. */
    private static boolean isReady(StateFolder state) throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < READY_WITHIN.toNanos()
                && RunFile.read(state).isPresent()) {
            if (answers(state)) {
                return true;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        return false;
    }

    /** A lab answers {@code kwm} once every listener of its own does. */
    private static boolean answers(StateFolder state) {
        var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new ControlClient(state.run())
                .run(List.of("status"), Screen.PIPE, silence, silence)
                .isPresent();
    }

    private int start(LabFolder folder, StateFolder state, RunFile claimed) throws IOException, InterruptedException {
        try {
            ReadyWord ready = detach ? ReadyWord.expected() : null;
            LogSetup.toFile(state);
            return RunningLab.run(folder, state, mode, offset, only, ready);
        } finally {
            claimed.close();
        }
    }
}
