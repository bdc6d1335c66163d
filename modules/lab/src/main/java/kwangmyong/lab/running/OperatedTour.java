package kwangmyong.lab.running;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.isolation.IsolationService;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.ControlClient;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.IsolatedTerminals;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.tour.Terminals;
import kwangmyong.lab.tour.Tour;
import kwangmyong.lab.tour.TourPlan;
import kwangmyong.lab.tour.TourTable;
import kwangmyong.net.tls.Authority;

/** A tour that does what it needs of an operator, log-ins and grants, through the running lab. */
public final class OperatedTour {
    public static final String JSON = "json";
    public static final String TEXT = "text";

    private OperatedTour() {}

    /** A tour of a running lab. */
    public static Tour of(
            LabDeclaration lab, AddressPlan plan, Terminals terminals, Authority garden, StateFolder state) {
        return new Tour(
                plan,
                terminals,
                Addressing.dns(lab),
                Addressing.gateway(lab),
                lab.mail() == null ? null : Addressing.submission(lab),
                trusting(garden),
                new ControlOperator(new ControlClient(state.run())));
    }

    /**
     * Makes a tour and shows what came of it.
     *
     * @param err what tells of progress to a person, and what stands in the way
     * @return the exit status
     */
    public static int show(Tour tour, TourPlan plan, boolean json, boolean isTerminal, PrintStream out, PrintStream err)
            throws InterruptedException {
        List<Tour.Check> checks;
        try {
            checks = tour.run(plan, (done, all) -> {
                if (isTerminal && !json) {
                    err.printf("\rkwm: asked as %d of %d askers%s", done, all, done < all ? "" : "\r\033[K");
                }
            });
        } catch (IOException unreachable) {
            err.println("kwm: " + unreachable.getMessage());
            return ExitStatus.NOT_RUNNING;
        }
        out.print(json ? TourTable.json(checks) : TourTable.text(checks));
        return checks.stream().allMatch(Tour.Check::holds) ? ExitStatus.FINE : ExitStatus.DIFFERENT;
    }

    /**
     * In the lab's process: the isolated mode's terminals are only there.
     *
     * @param words the lab's folder, and how the table is wanted
     */
    static int inLab(Lab lab, List<String> words, Screen screen, PrintStream out, PrintStream err) {
        IsolationService isolation = lab.isolation();
        if (isolation == null) {
            err.println("kwm: only a lab in isolated mode asks itself");
            return ExitStatus.USAGE;
        }
        TourPlan plan = Declared.tourOrExplain(new LabFolder(Path.of(words.get(0))));
        boolean json = words.contains(JSON);
        try (IsolatedTerminals terminals = IsolatedTerminals.of(plan, isolation)) {
            Authority garden = Authorities.open(lab.state().keys()).garden();
            Tour tour = of(lab.declaration(), lab.plan(), terminals, garden, lab.state());
            return show(tour, plan, json, screen.isTerminal(), out, err);
        } catch (IOException unreachable) {
            err.println("kwm: " + unreachable.getMessage());
            return ExitStatus.NOT_RUNNING;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitStatus.NOT_RUNNING;
        }
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
