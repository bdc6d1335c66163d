package kwangmyong.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.testkit.NaiveEvaluator;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, the controller and a plain model of it say the same of everything: {@code -Dkwm.model.steps=100000} asks at length,
 * {@code -Dkwm.model.seed=} repeats what was printed.
 */
final class ControllerModelTest {
    private static final int STEPS = Integer.getInteger("kwm.model.steps", 4_000);
    /** Of an hour of the lab's, so that many sessions end while others begin. */
    private static final int LONGEST_MINUTES = 90;

    private static final int SHOWN = 25;
    private static final List<String> NAMES = List.of("www.naenara.com.kp", "kcna.kp", "namsan.aca.kp", "dailynk.com");
    private static final InetAddress GUEST_SEAT = DefaultLab.address("10.76.30.12");
    private static final List<InetAddress> TERMINALS = List.of(
            TestController.CAFE,
            TestController.CAFE_WINDOW,
            TestController.CAMPUS,
            TestController.HOTEL,
            TestController.WORKBENCH,
            GUEST_SEAT);
    private static final List<String> SUBJECTS = List.of("resident", "academic", "trader", "delegate", "guest");
    /** Cheap to check: 8 KiB, one pass. */
    private static final String CHEAP = Argon2Function.getInstance(8, 1, 1, 16, Argon2.ID)
            .hash("secret", "saltsalt")
            .getResult();

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

    private final long seed = Long.getLong("kwm.model.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final SettableClock clock = new SettableClock();
    private final MemoryStore store = new MemoryStore();
    private final Deque<String> steps = new ArrayDeque<>();
    private final ReferenceModel model = new ReferenceModel(policy(true), config(true), clock.now());
    private AccessController controller = started();

    private static Policy policy(boolean whole) {
        Policy lab = DefaultLab.policy();
        List<Subject> subjects = lab.subjects().stream()
                .filter(subject -> whole || !subject.name().equals("delegate"))
                .toList();
        List<Attachment> attachments = lab.attachments().stream()
                .filter(one -> whole || !one.name().equals("hotel"))
                .map(one -> !one.name().equals("cafe") || !whole
                        ? one
                        : new Attachment(
                                one.name(),
                                one.ranges(),
                                one.ceiling(),
                                one.logIn(),
                                null,
                                null,
                                Duration.ofMinutes(100)))
                .toList();
        return new Policy(
                lab.lattice(),
                subjects,
                attachments,
                lab.rules(),
                lab.mail(),
                lab.captive(),
                lab.denials(),
                List.of(),
                true);
    }

    private static AccessConfig config(boolean limited) {
        var quotas = List.of(
                new MinutesQuota(
                        "hall", Set.of("resident", "trader"), Set.of("cafe", "workbench"), Duration.ofHours(2)),
                new MinutesQuota("all", Set.of(), Set.of(), Duration.ofHours(5)));
        return AccessConfig.of(
                        SUBJECTS.stream()
                                .map(name -> new AccountConfig(name, null, CHEAP))
                                .toList(),
                        List.of())
                .within(new LimitsConfig(
                        limited ? 2 : 0,
                        Map.of("delegate", 1),
                        limited ? quotas : quotas.subList(1, 2),
                        ZoneId.of("Asia/Pyongyang")));
    }

    private AccessController started() {
        var fresh = new AccessController(model.declared, model.config, clock, NOWHERE, store);
        fresh.start();
        return fresh;
    }

    @Test
    void saysWhatAPlainModelSays() {
        System.out.println("kwm.model.seed=" + seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                step();
                Map<String, String> seen = seen();
                if (!seen.equals(model.seen())) {
                    assertThat(seen).as(story(step)).isEqualTo(model.seen());
                }
                decides(step);
            }
        } finally {
            controller.stop();
        }
    }

    private String story(int step) {
        return "seed " + seed + ", step " + step + ", after\n" + String.join("\n", steps) + "\n";
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void note(String step) {
        steps.add(step + "  (" + clock.now() + ")");
        if (steps.size() > SHOWN) {
            steps.remove();
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> logIn(pick(SUBJECTS), pick(TERMINALS));
            case 4, 5, 6 -> authenticate(pick(SUBJECTS), pick(TERMINALS));
            case 7, 8 -> logOut(pick(TERMINALS));
            case 9 -> lock(pick(SUBJECTS));
            case 10 -> unlock(pick(SUBJECTS));
            case 11 -> grant(pick(SUBJECTS));
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
        assertThat(reason(outcome)).as(story(0)).isEqualTo(expected);
        if (expected.isEmpty()) {
            model.logIn(subject, terminal);
        }
    }

    private void authenticate(String subject, InetAddress terminal) {
        note("credentials of " + subject + " at " + terminal.getHostAddress());
        Optional<Reason> expected =
                model.isRecognised(subject, terminal) ? Optional.empty() : expected(subject, terminal);
        Authentication outcome = get(controller.sessions().authenticate(terminal, subject, "secret", Layer.GATEWAY));
        assertThat(reason(outcome)).as(story(0)).isEqualTo(expected);
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
        assertThat(any).as(story(0)).isEqualTo(!there.isEmpty());
        there.forEach(stay -> model.remove(stay, true));
    }

    private void lock(String subject) {
        note("lock " + subject);
        boolean may = model.subject(subject).isPresent() && !model.locked.contains(subject);
        assertThat(succeeds(controller.operations().lock(subject, "", "test")))
                .as(story(0))
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
                .as(story(0))
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
                .orElseThrow(() -> new AssertionError(story(0)));
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
            boolean may = stay.until != null;
            assertThat(succeeds(controller.operations().extend(view(stay).id(), longer, "test")))
                    .isEqualTo(may);
            stay.until = may ? stay.until.plus(longer) : null;
        }
    }

    private void guest() {
        if (model.subject("guest").isEmpty()) {
            note("guest comes");
            List<String> seats = random.nextBoolean() ? List.of(GUEST_SEAT.getHostAddress()) : List.of();
            get(controller.operations().addSubject(new NewSubject("guest", "", "cleared", seats, null, null), "test"));
            model.added.add(new Subject(
                    "guest",
                    "guest",
                    DefaultLab.LATTICE.clearance("cleared"),
                    seats.isEmpty() ? Set.of() : Set.of(GUEST_SEAT),
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
        get(controller.reload(policy(whole), config(limited)));
        model.reload(policy(whole), config(limited));
    }

    private void crash() {
        note("crash");
        controller.stop();
        controller = started();
        model.crash();
    }

    private Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        for (SessionView session : controller.operations().sessions()) {
            boolean whole = !session.origin().equals("credentials");
            Instant until = session.until();
            seen.put(
                    session.terminal() + " " + (whole ? "" : "by credentials of " + session.subject()),
                    session.subject() + " until " + (until == null ? "log-out" : until));
        }
        for (SubjectView subject : controller.operations().subjects()) {
            subject.minutes()
                    .forEach(used ->
                            seen.put("used by " + subject.name() + " of " + used.quota(), used.usedSeconds() + " s"));
            if (subject.lock() != null) {
                seen.put("locked " + subject.name(), "yes");
            }
        }
        controller
                .operations()
                .grants()
                .forEach(grant -> seen.put("grant to " + grant.subject() + " until " + grant.until(), "yes"));
        return seen;
    }

    /** At a terminal of whoever is there, by the rules and by the naive evaluator. */
    private void decides(int step) {
        InetAddress terminal = pick(TERMINALS);
        var name = new Resource.Name(pick(NAMES), "A");
        Identity who = controller.sessions().at(terminal);
        Decision decision = controller.decide(new Access(who, Layer.DNS, Action.RESOLVE, name, clock.now()));
        Session there = model.at(terminal)
                .map(stay -> new Session("model", stay.subject, terminal, clock.now(), null, Session.Origin.PORTAL))
                .orElse(null);
        Identity asModelled = new Identity(terminal, model.place(terminal).orElse(null), there);
        Decision expected = new NaiveEvaluator(model.policy())
                .decide(new Access(asModelled, Layer.DNS, Action.RESOLVE, name, clock.now()));
        if (!NaiveEvaluator.comparable(decision).equals(expected)) {
            assertThat(NaiveEvaluator.comparable(decision)).as(story(step)).isEqualTo(expected);
        }
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
