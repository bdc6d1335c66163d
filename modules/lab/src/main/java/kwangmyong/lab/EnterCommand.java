package kwangmyong.lab;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kwangmyong.isolation.IsolationService;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds out how a terminal is entered; {@code scripts/kwm} then becomes the program there, so that nothing stands between it and the person. */
@Command(
        name = "enter",
        description = {
            "Run a program at a subject's terminal, in isolated mode: the lab is its whole world.",
            "Streams, signals and the terminal are passed on, and so is the exit status; 125 when it cannot be run there."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:  kwm enter academic -- curl http://namsan.aca.kp/",
            "           kwm enter academic --proxy -- wget http://namsan.aca.kp/",
            "           kwm enter resident                     (a shell)",
            "",
            "What happens there needs no setting: names are the lab's, the gateway takes every connection, and the lab's",
            "authorities are the only ones trusted. Folders for scratch files (/tmp) are the terminal's own."
        })
final class EnterCommand implements Callable<Integer> {
    /** What would lead a program to something outside that is not there. */
    private static final List<String> FORGOTTEN = List.of(
            "http_proxy",
            "https_proxy",
            "ftp_proxy",
            "all_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "FTP_PROXY",
            "ALL_PROXY",
            "NO_PROXY",
            "DBUS_SESSION_BUS_ADDRESS",
            "DOCKER_HOST",
            "SSH_AUTH_SOCK",
            "XDG_RUNTIME_DIR");

    /** Goes where the person is, or to the root where the terminal has no such folder. */
    private static final String BEGIN = "cd \"$1\" 2>/dev/null || cd /; shift; exec \"$@\"";

    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "at whose terminal")
    String subject = "";

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "the program and its arguments, after --")
    List<String> command = List.of();

    @Option(
            names = "--proxy",
            description = "tell the program of the gateway as a proxy, by http_proxy and https_proxy")
    boolean proxy;

    @Override
    public Integer call() throws IOException {
        RunFile.About about = choice.running();
        if (about.mode() != RunFile.Mode.ISOLATED) {
            throw new UsageException("a terminal can be entered in isolated mode only: kwm up --mode isolated"
                    + (choice.lab.equals(LabFolder.DEFAULT) ? "" : " " + choice.lab));
        }
        String to = System.getProperty("kwm.enter", "");
        if (to.isEmpty()) {
            throw new UsageException("enter is what scripts/kwm does; start it by that");
        }
        long lab = ProcessHandle.of(about.pid())
                .flatMap(launcher -> launcher.children().findFirst())
                .map(ProcessHandle::pid)
                .orElseThrow(() -> new LabChoice.NotRunningException(choice.lab));
        List<String> words = words(lab, terminal(), Declared.orExplain(new LabFolder(about.lab())));
        Files.writeString(Path.of(to), String.join("\0", words) + "\0");
        return ExitStatus.FINE;
    }

    /** The terminal's process, as the lab numbers processes. */
    private String terminal() throws IOException {
        List<String> asked = new ArrayList<>(List.of(RunningLab.TERMINAL, subject));
        asked.addAll(Isolation.socketsNow()); // what came to listen since the lab was closed in is covered now
        var out = new ByteArrayOutputStream();
        int status = new ControlClient(choice.state().run())
                .run(
                        asked,
                        Screen.PIPE,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .orElseThrow(() -> new LabChoice.NotRunningException(choice.lab));
        String answer = out.toString(StandardCharsets.UTF_8).strip();
        if (status != ExitStatus.FINE) {
            throw new UsageException(answer);
        }
        return answer;
    }

    /** The lab's side. */
    static int inLab(Lab lab, List<String> arguments, PrintStream out, PrintStream err) {
        IsolationService isolation = lab.isolation();
        String subject = arguments.isEmpty() ? "" : arguments.get(0);
        OptionalLong process = isolation == null ? OptionalLong.empty() : isolation.processAt(subject);
        if (process.isEmpty()) {
            out.println("no terminal of '" + subject + "' (there is one for: "
                    + String.join(", ", lab.declaration().terminals().keySet()) + ")");
            return ExitStatus.USAGE;
        }
        try {
            requireNonNull(isolation).cover(subject, Isolation.paths(arguments));
        } catch (IOException cannot) {
            out.println("the machine's sockets cannot be hidden: " + cannot.getMessage());
            return ExitStatus.USAGE;
        }
        out.println(process.getAsLong());
        return ExitStatus.FINE;
    }

    /**
     * Into the lab's namespaces, from there into the terminal's, and there down to the rights of the person, who has none over the network. Each
     * step ends when the one before does.
     */
    private List<String> words(long lab, String terminal, LabDeclaration declaration) throws IOException {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(lab)));
        words.addAll(List.of("--user", "--mount", "--pid", "--net", "--ipc", "--preserve-credentials", "--"));
        words.addAll(List.of("setpriv", "--pdeathsig", "TERM", "nsenter", "--target", terminal));
        words.addAll(List.of("--mount", "--pid", "--net", "--ipc", "--uts", "--"));
        words.addAll(List.of("setpriv", "--pdeathsig", "TERM", "--no-new-privs", "unshare", "--user"));
        words.add("--map-user=" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        words.add("--map-group=" + Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
        words.add("env");
        FORGOTTEN.forEach(name -> words.addAll(List.of("-u", name)));
        if (proxy) {
            String gateway = "http://" + OperatorPorts.Text.of(Addressing.gateway(declaration)) + "/";
            words.addAll(List.of("http_proxy=" + gateway, "https_proxy=" + gateway));
        }
        words.addAll(List.of("sh", "-c", BEGIN, "kwm-enter", System.getProperty("user.dir", "/")));
        String shell = System.getenv("SHELL");
        words.addAll(command.isEmpty() ? List.of(shell == null ? "/bin/sh" : shell) : command);
        return words;
    }
}
