package kwangmyong.lab.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.process.RunFile;
import kwangmyong.net.tls.Authority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "browse",
        header = "Open a browser at a subject's terminal.",
        description =
                "A local port becomes that terminal: an HTTP proxy over TCP, the name server over UDP. Arguments after -- go to the browser.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:fine", "2:bad usage or configuration", "3:the lab is not running"},
        footer = {
            "  kwm browse resident",
            "  kwm browse academic --url http://namsan.aca.kp/",
            "  kwm browse leader --port-only"
        })
public final class BrowseCommand implements Callable<Integer> {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "whose terminal")
    String subject = "";

    @Parameters(
            index = "1..*",
            paramLabel = "BROWSER-ARGUMENT",
            description = "further arguments for the browser, after --")
    List<String> more = List.of();

    @Option(
            names = "--terminal",
            paramLabel = "ADDRESS",
            description = "another terminal than the subject's usual one (lab address)")
    @Nullable
    String terminal;

    @Option(
            names = "--url",
            defaultValue = "http://portal.kp/",
            description = "what to open (default: ${DEFAULT-VALUE})")
    String url = "http://portal.kp/";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "the local port (default: any free one)")
    int port;

    @Option(names = "--port-only", description = "start no browser; print the port and keep it open until Ctrl-C")
    boolean portOnly;

    @Option(
            names = "--trust-interception",
            description = "the browser has the authority installed that opens TLS, where the lab's rules do")
    boolean trustInterception;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunFile.About about = choice.running();
        LabDeclaration lab = Declared.orExplain(new LabFolder(about.lab()));
        if (about.mode() == RunFile.Mode.ISOLATED) {
            throw new UsageException(
                    "in isolated mode the browser runs at the terminal itself: kwm enter " + subject + " -- chromium");
        }
        AddressPlan plan = Addressing.plan(lab, about.mode(), about.offset());
        InetAddress place = place(lab);
        try (TerminalRelay relay = TerminalRelay.open(
                plan.socket(place), plan.socket(Addressing.gateway(lab)), plan.socket(Addressing.dns(lab)), port)) {
            String proxy = "127.0.0.1:" + relay.port();
            System.out.println("kwm: " + proxy + " is the terminal " + place.getHostAddress() + " (" + subject
                    + "): HTTP proxy on TCP, names on UDP");
            System.out.flush();
            if (portOnly) {
                new CountDownLatch(1).await(); // until Ctrl-C
            }
            return browse(proxy, Authorities.open(choice.state().keys()));
        }
    }

    private InetAddress place(LabDeclaration lab) {
        if (terminal != null) {
            try {
                return Addresses.parse(terminal);
            } catch (IllegalArgumentException wrong) {
                throw new UsageException("--terminal: " + wrong.getMessage());
            }
        }
        InetAddress usual = lab.terminals().get(subject);
        if (usual == null) {
            throw new UsageException("no terminal is known for '" + subject + "' (subjects with one: "
                    + String.join(", ", lab.terminals().keySet()) + "); --terminal names one");
        }
        return usual;
    }

    private int browse(String proxy, Authorities authorities) throws IOException, InterruptedException {
        Path program = BROWSERS.stream()
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("no Chromium or Chrome is installed; point another browser's HTTP proxy at "
                                + proxy + " with --port-only"));
        Path profile = Files.createTempDirectory("kwm-browse");
        try {
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--user-data-dir=" + profile,
                    "--proxy-server=http://" + proxy,
                    // Without this a browser goes around the proxy for names that it takes for its own machine.
                    "--proxy-bypass-list=<-loopback>",
                    "--no-first-run",
                    "--no-default-browser-check",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--ignore-certificate-errors-spki-list=" + believed(authorities)));
            if (isRoot()) {
                command.add("--no-sandbox"); // Chromium refuses its sandbox to root
            }
            command.addAll(more);
            command.add(url);
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } finally {
            try (Stream<Path> left = Files.walk(profile)) {
                left.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (java.io.UncheckedIOException stillClosing) {
                // a helper process of the browser took a file away first
            }
        }
    }

    private String believed(Authorities authorities) {
        String usual = key(authorities.garden()) + "," + key(authorities.world());
        return trustInterception ? usual + "," + key(authorities.interception()) : usual;
    }

    /** The authority's key as Chromium names it: certificates below it are believed in this browser alone. */
    private static String key(Authority authority) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(authority.certificate().getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Optional<Path> onPath(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "/usr/bin" : path).split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
