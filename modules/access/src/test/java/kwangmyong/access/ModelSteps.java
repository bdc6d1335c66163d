package kwangmyong.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.testkit.SettableClock;

/** What may happen: every step is taken by the controller and by the model, and its outcome compared. */
final class ModelSteps implements AutoCloseable {
    /** Of an hour of the lab's, so that many sessions end while others begin. */
    private static final int LONGEST_MINUTES = 90;

    private static final int SHOWN = 25;

    private static final Journal NOWHERE = new Journal() {
        @Override
        public void record(Event event) {
            // nobody reads it here
        }

        @Override
        public CompletionStage<Void> force(Event event) {
            return CompletableFuture.completedFuture(null);
        }
    };

    private final long seed;
    private final Random random;
    final SettableClock clock = new SettableClock();
    private final MemoryStore store = new MemoryStore();
    private final Deque<String> steps = new ArrayDeque<>();
    final ReferenceModel model = new ReferenceModel(ModelLab.policy(true), ModelLab.config(true), clock.now());
    private AccessController controller = started();

    ModelSteps(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    private AccessController started() {
        var fresh = new AccessController(model.declared, model.config, clock, NOWHERE, store);
        fresh.start();
        return fresh;
    }

    AccessController controller() {
        return controller;
    }

    @Override
    public void close() {
        controller.stop();
    }

    /** The seed and the latest steps, for whoever has to find out why. */
    String story() {
        return "seed " + seed + ", after\n" + String.join("\n", steps) + "\n";
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void note(String step) {
        steps.add(step + "  (" + clock.now() + ")");
        if (steps.size() > SHOWN) {
            steps.remove();
        }
    }

    void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> logIn(pick(ModelLab.SUBJECTS), pick(ModelLab.TERMINALS));
            case 4, 5, 6 -> authenticate(pick(ModelLab.SUBJECTS), pick(ModelLab.TERMINALS));
            case 7, 8 -> logOut(pick(ModelLab.TERMINALS));
            case 9 -> lock(pick(ModelLab.SUBJECTS));
            case 10 -> unlock(pick(ModelLab.SUBJECTS));
            case 11 -> grant(pick(ModelLab.SUBJECTS));
            case 12 -> revoke();
            case 13 -> endOne();
            case 14 -> extendOne();
            case 15 -> guest();
            case 16 -> reload();
            case 17 -> crash();
            default -> passes(Duration.ofMinutes(1 + random.nextInt(LONGEST_MINUTES)));
        }
    }

    private void passes(Duration time) {
        note("passes " + time);
        clock.advance(time);
        model.passes(time);
        get(controller.operations().forgive("nobody", "test")); // the desk has seen the time
    }

    private void logIn(String subject, InetAddress terminal) {
        note("log-in of " + subject + " at " + terminal.getHostAddress());
        Optional<Reason> expected = expected(subject, terminal);
        Authentication outcome = get(controller.sessions().logIn(terminal, subject, "secret"));
        assertThat(reason(outcome)).as(story()).isEqualTo(expected);
        if (expected.isEmpty()) {
            model.logIn(subject, terminal);
        }
    }

    private void authenticate(String subject, InetAddress terminal) {
        note("credentials of " + subject + " at " + terminal.getHostAddress());
        Optional<Reason> expected =
                model.isRecognised(subject, terminal) ? Optional.empty() : expected(subject, terminal);
        Authentication outcome = get(controller.sessions().authenticate(terminal, subject, "secret", Layer.GATEWAY));
        assertThat(reason(outcome)).as(story()).isEqualTo(expected);
        if (expected.isEmpty()) {
            model.authenticate(subject, terminal);
        }
    }

    private Optional<Reason> expected(String subject, InetAddress terminal) {
        return model.place(terminal).isEmpty()
                ? Optional.of(Reason.UNKNOWN_TERMINAL)
                : model.obstacle(subject, terminal);
    }

    private static Optional<Reason> reason(Authentication outcome) {
        return outcome instanceof Authentication.Refused refused
                ? Optional.of(refused.decision().reason())
                : Optional.empty();
    }

    private void logOut(InetAddress terminal) {
        note("log-out at " + terminal.getHostAddress());
        List<ReferenceModel.Stay> there = model.stays.stream()
                .filter(stay -> stay.terminal.equals(terminal))
                .toList();
        boolean any = random.nextBoolean()
                ? get(controller.sessions().logOut(terminal))
                : get(controller.operations().logOut(terminal.getHostAddress(), "test"));
        assertThat(any).as(story()).isEqualTo(!there.isEmpty());
        there.forEach(stay -> model.remove(stay, true));
    }

    private void lock(String subject) {
        note("lock " + subject);
        boolean may = model.subject(subject).isPresent() && !model.locked.contains(subject);
        assertThat(succeeds(controller.operations().lock(subject, "", "test")))
                .as(story())
                .isEqualTo(may);
        if (may) {
            model.locked.add(subject);
            model.oust(subject);
        }
    }

    private void unlock(String subject) {
        note("unlock " + subject);
        boolean may = model.subject(subject).isPresent() && model.locked.contains(subject);
        assertThat(succeeds(controller.operations().unlock(subject, "test")))
                .as(story())
                .isEqualTo(may);
        if (may) {
            model.locked.remove(subject);
            model.seatOwners();
        }
    }

    private void grant(String subject) {
        note("grant to " + subject);
        Duration lasting = Duration.ofMinutes(1 + random.nextInt(LONGEST_MINUTES));
        var request =
                new GrantRequest(subject, pick(List.of("news", "world", "cleared + library")), lasting, "", "test");
        boolean may = model.subject(subject).isPresent()
                && model.grants.stream().noneMatch(grant -> grant.subject().equals(subject));
        if (may) {
            GrantView view = get(controller.operations().grant(request));
            model.grants.add(new Grant(
                    view.id(),
                    subject,
                    DefaultLab.LATTICE.clearance(request.words()),
                    view.from(),
                    view.until(),
                    "",
                    "test"));
        }
    }

    private void revoke() {
        if (!model.grants.isEmpty()) {
            Grant grant = pick(model.grants);
            note("revoke " + grant.subject());
            get(controller.operations().revoke(grant.id(), "test"));
            model.grants.remove(grant);
        }
    }

    private SessionView view(ReferenceModel.Stay stay) {
        return controller.operations().sessions().stream()
                .filter(session -> session.terminal().equals(stay.terminal.getHostAddress())
                        && session.subject().equals(stay.subject)
                        && session.origin().equals("credentials") != stay.isWhole())
                .findFirst()
                .orElseThrow(() -> new AssertionError(story()));
    }

    private void endOne() {
        if (!model.stays.isEmpty()) {
            ReferenceModel.Stay stay = pick(model.stays);
            note("end of " + stay.subject + " at " + stay.terminal.getHostAddress());
            get(controller.operations().end(view(stay).id(), "test"));
            model.remove(stay, true);
        }
    }

    private void extendOne() {
        if (!model.stays.isEmpty()) {
            ReferenceModel.Stay stay = pick(model.stays);
            note("extend " + stay.subject + " at " + stay.terminal.getHostAddress());
            Duration longer = Duration.ofMinutes(30);
            Instant until = stay.until;
            boolean may = until != null;
            assertThat(succeeds(controller.operations().extend(view(stay).id(), longer, "test")))
                    .isEqualTo(may);
            stay.until = until == null ? null : until.plus(longer);
        }
    }

    private void guest() {
        if (model.subject("guest").isEmpty()) {
            note("guest comes");
            List<String> seats = random.nextBoolean() ? List.of(ModelLab.GUEST_SEAT.getHostAddress()) : List.of();
            get(controller.operations().addSubject(new NewSubject("guest", "", "cleared", seats, null, null), "test"));
            model.added.add(new Subject(
                    "guest",
                    "guest",
                    DefaultLab.LATTICE.clearance("cleared"),
                    seats.isEmpty() ? Set.of() : Set.of(ModelLab.GUEST_SEAT),
                    null));
            model.seatOwners();
        } else {
            note("guest goes");
            get(controller.operations().removeSubject("guest", "test"));
            model.forget("guest");
        }
    }

    private void reload() {
        boolean whole = random.nextInt(3) > 0;
        boolean limited = random.nextInt(3) > 0;
        note("reload " + (whole ? "whole" : "less") + (limited ? ", limited" : ""));
        get(controller.reload(ModelLab.policy(whole), ModelLab.config(limited)));
        model.reload(ModelLab.policy(whole), ModelLab.config(limited));
    }

    private void crash() {
        note("crash");
        controller.stop();
        controller = started();
        model.crash();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static boolean succeeds(CompletionStage<?> stage) {
        try {
            get(stage);
            return true;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof OperationException) {
                return false;
            }
            throw refused;
        }
    }
}
