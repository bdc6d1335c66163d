package kwangmyong.lab.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import kwangmyong.isolation.WayIn;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.ControlWord;
import kwangmyong.lab.running.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds out how a terminal is entered; {@code scripts/kwm} then becomes the program there, so that nothing stands between it and the person. */
@Command(
        name = "enter",
        header = "Run a program at a subject's terminal, in isolated mode.",
        description = {
            "The lab is its whole world, and it needs no setting: names are the lab's, the gateway takes every connection, and the lab's authorities are the only ones trusted. Folders for scratch files (/tmp) are the terminal's own.",
            "",
            "Streams, signals and the terminal are passed on, and so is the exit status. Without a program it is a shell."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"125:it cannot be run there", "*:whatever the program exits with"},
        footer = {
            "  kwm enter academic -- curl http://namsan.aca.kp/",
            "  kwm enter academic --proxy -- wget http://namsan.aca.kp/",
            "  kwm enter resident",
            "  kwm enter --world -- dig @203.0.113.2 dailynk.com"
        })
public final class EnterCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(
            arity = "0..*",
            paramLabel = "[SUBJECT] [COMMAND]",
            hideParamSyntax = true,
            description = "at whose terminal; the program and its arguments, after --")
    List<String> words = List.of();

    @Option(names = "--world", description = "at the world's place instead of a subject's terminal")
    boolean world;

    @Option(names = "--provider", description = "beside the lab's services, in their network")
    boolean provider;

    @Option(
            names = "--tun",
            description = "with the right to make links, addresses and routes there, which a TUN device needs")
    boolean tun;

    @Option(
            names = "--proxy",
            description = "tell the program of the gateway as a proxy, by http_proxy and https_proxy")
    boolean proxy;

    @Override
    public Integer call() throws IOException {
        if (world && provider) {
            throw new UsageException("--world and --provider are two places; choose one");
        } else if (!world && !provider && words.isEmpty()) {
            throw new UsageException("at whose terminal? (expected: a subject, --world or --provider)");
        }
        RunFile.About about = choice.running();
        if (about.mode() != RunFile.Mode.ISOLATED) {
            throw new UsageException(
                    "a terminal can be entered in isolated mode only: kwm up --mode isolated" + choice.asArgument());
        }
        String to = System.getProperty("kwm.enter", "");
        if (to.isEmpty()) {
            throw new UsageException("enter is what scripts/kwm does; start it by that");
        }
        long lab = ProcessHandle.of(about.pid())
                .flatMap(launcher -> launcher.children().findFirst())
                .map(ProcessHandle::pid)
                .orElseThrow(choice::notRunning);
        List<String> way = way(lab, process(), Declared.orExplain(new LabFolder(about.lab())));
        Files.writeString(Path.of(to), String.join("\0", way) + "\0");
        return ExitStatus.FINE;
    }

    private String place() {
        return world ? Entry.WORLD : provider ? Entry.PROVIDER : words.get(0);
    }

    /** A process at the place, as the lab numbers processes. */
    private long process() throws IOException {
        List<String> asked = new ArrayList<>(List.of(place()));
        asked.addAll(Isolation.socketsNow()); // what came to listen since the lab was closed in is covered now
        var out = new ByteArrayOutputStream();
        int status = new ControlClient(choice.state().run())
                .run(
                        ControlWord.TERMINAL.with(asked),
                        Screen.PIPE,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .orElseThrow(choice::notRunning);
        String answer = out.toString(StandardCharsets.UTF_8).strip();
        if (status != ExitStatus.FINE) {
            throw new UsageException(answer);
        }
        return Long.parseLong(answer);
    }

    /** Into the lab's namespaces, and from there to the place. */
    private List<String> way(long lab, long process, LabDeclaration declaration) throws IOException {
        List<String> way = new ArrayList<>(List.of("nsenter", "--target", Long.toString(lab)));
        way.addAll(List.of("--user", "--mount", "--pid", "--net", "--ipc", "--preserve-credentials", "--"));
        way.addAll(List.of("setpriv", "--pdeathsig", "TERM"));
        Map<String, String> environment = new TreeMap<>();
        if (proxy) {
            String gateway = "http://" + Addresses.text(Addressing.gateway(declaration)) + "/";
            environment.put("http_proxy", gateway);
            environment.put("https_proxy", gateway);
        }
        way.addAll(WayIn.words(
                process,
                WayIn.Person.outside(),
                tun ? WayIn.Rights.NETWORK : WayIn.Rights.NONE,
                environment,
                Path.of(System.getProperty("user.dir", "/"))));
        List<String> command = world || provider ? words : words.subList(1, words.size());
        String shell = System.getenv("SHELL");
        way.addAll(command.isEmpty() ? List.of(shell == null ? "/bin/sh" : shell) : command);
        return way;
    }
}
