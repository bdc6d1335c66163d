package kwangmyong.lab;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        description = "Start a lab. Without --detach it stays in front and Ctrl-C stops it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "In isolated mode (Linux) the lab and each subject's terminal have networks of their own, at the real",
            "addresses and with no way out; programs run there by kwm enter. It needs no root:",
            "  kwm up --mode isolated --detach;  kwm enter academic -- curl http://namsan.aca.kp/",
            "",
            "In loopback mode everything is on 127/8 and needs no privilege: the lab's 10.a.b.c:port",
            "is 127.a.b.c:(port + 10000), so each subject has a terminal of its own to speak from:",
            "  dig -b 127.76.20.11 @127.76.0.1 -p 10053 namsan.aca.kp",
            "  curl --interface 127.76.20.11 -x http://127.76.0.1:13128 http://namsan.aca.kp/",
        })
final class UpCommand implements Callable<Integer> {
    /** The environment variable in which {@code scripts/kwm} says which process outside holds the namespaces that this one is in. */
    static final String LAUNCHER = "KWM_LAUNCHER";

    private static final int MAX_OFFSET = 40_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            description = "the lab (default: ${DEFAULT-VALUE})")
    String lab = LabFolder.DEFAULT;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "loopback",
            description = "loopback (default) or isolated")
    RunFile.Mode mode = RunFile.Mode.LOOPBACK;

    @Option(names = "--detach", description = "return as soon as every listener answers, and go on in the background")
    boolean detach;

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "move every port up by N, for labs side by side (default: 0)")
    int offset;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabFolder folder = LabFolder.find(lab);
        StateFolder state = StateFolder.of(folder.name());
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new UsageException("--offset: " + offset + " (expected: 0-" + MAX_OFFSET + ")");
        }
        if (mode == RunFile.Mode.ISOLATED && offset != 0) {
            throw new UsageException("--offset: in isolated mode every lab has a network of its own and needs none");
        } else if (mode == RunFile.Mode.ISOLATED && System.getenv(LAUNCHER) == null) {
            throw new UsageException("isolated mode needs the namespaces that scripts/kwm makes; start it by that");
        }
        try {
            state.create();
        } catch (IOException refused) {
            throw new UsageException("cannot keep the lab's state in " + state.root() + ": " + refused
                    + "; KWM_STATE names another folder");
        }
        Optional<RunFile.About> running = RunFile.read(state);
        if (running.isPresent()) {
            return alreadyRunning(folder, running.get());
        }
        return start(folder, state, detach ? ReadyWord.expected() : null);
    }

    private Integer alreadyRunning(LabFolder folder, RunFile.About about) {
        if (!about.lab().equals(folder.folder())) {
            throw new UsageException("the lab " + about.lab() + " runs on this state (process " + about.pid()
                    + "); stop it first, or name another folder by KWM_STATE");
        }
        System.out.println(
                "kwm: " + folder.name() + " is running already (process " + about.pid() + "); kwm down stops it");
        return ExitStatus.FINE;
    }

    private int start(LabFolder folder, StateFolder state, @Nullable ReadyWord ready)
            throws IOException, InterruptedException {
        Optional<RunFile> claimed = RunFile.claim(state, folder, mode, offset);
        if (claimed.isEmpty()) {
            System.out.println("kwm: " + folder.name() + " is starting already");
            return ExitStatus.FINE;
        }
        try {
            LogSetup.toFile(state);
            return RunningLab.run(folder, state, mode, offset, ready);
        } finally {
            claimed.get().close();
        }
    }
}
