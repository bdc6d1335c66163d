package kwangmyong.lab.tour;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.lab.tour.TourPlan.Asker;
import org.jspecify.annotations.Nullable;

/** Asks everything that a plan promises, asker by asker. */
public final class Tour {
    /** Questions under way at once. */
    private static final int AT_ONCE = 8;

    private final Wire wire;
    private final Operator operator;
    private final boolean hasMail;

    /**
     * A tour of a running lab.
     *
     * @param dns a lab address, as are {@code gateway} and {@code submission}, which is null in a lab without mail
     * @param trustsTheGarden accepts certificates of the lab's own authority
     */
    public Tour(
            AddressPlan plan,
            Terminals terminals,
            InetSocketAddress dns,
            InetSocketAddress gateway,
            @Nullable InetSocketAddress submission,
            SSLContext trustsTheGarden,
            Operator operator) {
        this.wire = new Wire(plan, terminals, new Wire.Services(dns, gateway, submission), trustsTheGarden);
        this.operator = operator;
        this.hasMail = submission != null;
    }

    /** What the tour needs an operator for: to put subjects where no seat does, and to give a grant for the while. */
    public interface Operator {
        /** Logs a subject in and returns what undoes it. */
        Runnable logIn(String subject, String terminal);

        /** Gives a grant and returns what undoes it. */
        Runnable grant(String subject, String words);
    }

    /**
     * One promise and what came.
     *
     * @param layer {@code resolve}, {@code fetch}, {@code tunnel}, {@code transfer}, {@code mail log-in} or {@code mail}
     */
    public record Check(String asker, String layer, String thing, String expected, String observed) {
        public boolean holds() {
            return observed.equals(expected) || observed.startsWith(expected + " ");
        }
    }

    /**
     * Asks everything.
     *
     * @param progress told how many askers are done, of how many
     * @throws IOException when a service cannot be reached at all
     */
    public List<Check> run(TourPlan plan, BiConsumer<Integer, Integer> progress)
            throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            int done = 0;
            for (Asker asker : plan.askers()) {
                checks.addAll(visit(plan, asker, threads));
                progress.accept(++done, plan.askers().size());
            }
        } finally {
            threads.shutdownNow();
        }
        return checks;
    }

    private List<Check> visit(TourPlan plan, Asker asker, ExecutorService threads)
            throws IOException, InterruptedException {
        List<Runnable> undo = new ArrayList<>();
        try {
            if (asker.subject() != null) {
                undo.add(operator.logIn(asker.subject(), asker.terminal().getHostAddress()));
                if (asker.grant() != null) {
                    undo.add(operator.grant(asker.subject(), asker.grant()));
                }
            }
            List<Future<Check>> asked = new ArrayList<>();
            for (Callable<Check> question : questions(plan, asker)) {
                asked.add(threads.submit(question));
            }
            List<Check> checks = new ArrayList<>();
            for (Future<Check> answer : asked) {
                checks.add(answer.get());
            }
            return checks;
        } catch (ExecutionException failed) {
            throw new IOException("asking as " + asker.name() + ": " + failed.getCause(), failed);
        } finally {
            for (int last = undo.size() - 1; last >= 0; last--) {
                undo.get(last).run();
            }
        }
    }

    private List<Callable<Check>> questions(TourPlan plan, Asker asker) {
        List<Callable<Check>> questions = new ArrayList<>();
        for (TourPlan.Resource resource : plan.resources()) {
            String name = resource.name();
            String answered = resource.hasAddress() ? "answer" : "nodata";
            String lookup = expected(resource.resolve(), asker, answered, asker.deniedDns());
            questions.add(() -> new Check(asker.name(), "resolve", name, lookup, wire.resolve(asker.terminal(), name)));
            if (resource.hasAddress()) {
                String page = expected(resource.fetch(), asker, "200", asker.deniedHttp());
                questions.add(() -> new Check(asker.name(), "fetch", name, page, wire.fetch(asker.terminal(), name)));
                String tunnel = expected(resource.tunnel(), asker, "200", asker.deniedHttp());
                questions.add(
                        () -> new Check(asker.name(), "tunnel", name, tunnel, wire.tunnel(asker.terminal(), name)));
            }
            Set<String> transfer = resource.transfer();
            if (transfer != null) {
                String zone = expected(transfer, asker, "whole", "refused");
                questions.add(
                        () -> new Check(asker.name(), "transfer", name, zone, wire.transfer(asker.terminal(), name)));
            }
        }
        addMail(plan, asker, questions);
        return questions;
    }

    private void addMail(TourPlan plan, Asker asker, List<Callable<Check>> questions) {
        String subject = asker.subject();
        String password = asker.password();
        if (!hasMail || subject == null || password == null) {
            return;
        }
        String logIn = expected(plan.mail().logIn(), asker, "235", plan.mail().logInRefused());
        questions.add(() -> new Check(
                asker.name(), "mail log-in", "mail", logIn, wire.mailLogIn(asker.terminal(), subject, password)));
        Map<String, String> letters = plan.mail().letters().getOrDefault(asker.name(), Map.of());
        @Nullable String own = ownAddress(letters, subject);
        letters.forEach((to, reply) -> questions.add(() -> new Check(
                asker.name(),
                "mail",
                to,
                reply,
                wire.mailTo(asker.terminal(), subject, password, String.valueOf(own), to))));
    }

    /** The sender's own mailbox stands among the letters, since everybody who has mail may write to themselves. */
    private static @Nullable String ownAddress(Map<String, String> letters, String subject) {
        return letters.keySet().stream()
                .filter(to -> to.startsWith(subject + "@"))
                .findFirst()
                .orElse(null);
    }

    private static String expected(Set<String> reached, Asker asker, String yes, String no) {
        return reached.contains(asker.name()) ? yes : no;
    }
}
