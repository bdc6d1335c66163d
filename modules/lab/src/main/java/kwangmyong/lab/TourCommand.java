package kwangmyong.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.tour.Tour;
import kwangmyong.lab.tour.TourPlan;
import kwangmyong.lab.tour.TourTable;
import kwangmyong.net.tls.Authority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tour",
        description = {
            "Ask as every subject for every kind of thing, over the wire, and show what tour.yaml promises beside what came.",
            "Subjects without a seat are logged in for the while, and grants are given and taken back."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status 0 when every promise holds, 1 when one does not."})
final class TourCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunFile.About about = choice.running();
        if (about.mode() == RunFile.Mode.ISOLATED) {
            throw new UsageException("the tour speaks as every terminal from one process, which isolated mode prevents;"
                    + " it runs in loopback mode");
        }
        LabFolder folder = new LabFolder(about.lab());
        LabDeclaration lab = Declared.orExplain(folder);
        TourPlan plan = Declared.tourOrExplain(folder);
        if (about.mode() == RunFile.Mode.CONTAINER) {
            plan = ofHere(plan);
        }
        StateFolder state = choice.state();
        var operator = new ControlOperator(new ControlClient(state.run()));
        var tour = new Tour(
                Addressing.plan(lab, about.mode(), about.offset()),
                Addressing.dns(lab),
                Addressing.gateway(lab),
                lab.mail() == null ? null : Addressing.submission(lab),
                trusting(Authorities.open(state.keys()).garden()),
                operator);
        boolean showsProgress = OperatorCommands.isTerminal() && !json;
        List<Tour.Check> checks;
        try {
            checks = tour.run(plan, (done, all) -> {
                if (showsProgress) {
                    System.err.printf("\rkwm: asked as %d of %d askers%s", done, all, done < all ? "" : "\r\033[K");
                }
            });
        } catch (IOException unreachable) {
            System.err.println("kwm: " + unreachable.getMessage());
            return ExitStatus.NOT_RUNNING;
        }
        System.out.print(json ? TourTable.json(checks) : TourTable.text(checks));
        return checks.stream().allMatch(Tour.Check::holds) ? ExitStatus.FINE : ExitStatus.DIFFERENT;
    }

    /** Whoever asks from a terminal that is here; where packets are real, nobody speaks as another. */
    private static TourPlan ofHere(TourPlan plan) throws IOException {
        List<TourPlan.Asker> here = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (TourPlan.Asker asker : plan.askers()) {
            if (NetworkInterface.getByInetAddress(asker.terminal()) == null) {
                elsewhere.add(asker.name());
            } else {
                here.add(asker);
            }
        }
        if (!elsewhere.isEmpty()) {
            System.err.println("kwm: not asked as " + String.join(", ", elsewhere) + ", whose terminals are not here");
        }
        return new TourPlan(here, plan.resources(), plan.mail());
    }

    private static SSLContext trusting(Authority authority) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("garden", authority.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Does what a tour needs of an operator through the running lab. */
    private static final class ControlOperator implements Tour.Operator {
        private static final Pattern GRANT_ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

        private final ControlClient control;

        ControlOperator(ControlClient control) {
            this.control = control;
        }

        @Override
        public Runnable logIn(String subject, String terminal) {
            boolean wasThere = run("sessions", "--json").lines().anyMatch(line -> isSession(line, subject, terminal));
            if (wasThere) {
                return () -> {};
            }
            run("login", subject, terminal);
            return () -> run("logout", terminal);
        }

        private static boolean isSession(String line, String subject, String terminal) {
            return line.contains("\"" + subject + "\"") && line.contains("\"" + terminal + "\"");
        }

        @Override
        public Runnable grant(String subject, String words) {
            Matcher id =
                    GRANT_ID.matcher(run("grant", subject, words, "--for", "5m", "--reason", "kwm tour", "--json"));
            if (!id.find()) {
                throw new IllegalStateException("the lab gave no grant to " + subject);
            }
            String granted = id.group(1);
            return () -> run("revoke", granted);
        }

        private String run(String... words) {
            var out = new java.io.ByteArrayOutputStream();
            var print = new PrintStream(out, true, StandardCharsets.UTF_8);
            int status = control.run(
                            List.of(words),
                            Screen.PIPE,
                            print,
                            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .orElse(ExitStatus.NOT_RUNNING);
            if (status != ExitStatus.FINE) {
                throw new IllegalStateException("the lab refused: " + String.join(" ", words));
            }
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
