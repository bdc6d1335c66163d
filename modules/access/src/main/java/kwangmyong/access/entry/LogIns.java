package kwangmyong.access.entry;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import kwangmyong.access.account.Accounts;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.Turn;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * How somebody becomes a subject: the terminal first, then name and password, then whether they may, then the journal, and only then the
 * answer.
 */
public final class LogIns {
    private final Supplier<PolicySnapshot> rules;
    private final Seating seating;
    private final CredentialSessions credentials;
    private final LiveSessions live;
    private final Admission admission;
    private final Accounts accounts;
    private final LabClock clock;
    private final Journal journal;
    private final Desk desk;

    /** Checks under way, so that the connections that a browser opens at once cost one hash. No more than hashes may wait. */
    private final Map<String, CompletableFuture<Authentication>> underWay = new ConcurrentHashMap<>();

    public LogIns(
            Supplier<PolicySnapshot> rules,
            Seating seating,
            CredentialSessions credentials,
            LiveSessions live,
            Admission admission,
            Accounts accounts,
            LabClock clock,
            Journal journal,
            Desk desk) {
        this.rules = rules;
        this.seating = seating;
        this.credentials = credentials;
        this.live = live;
        this.admission = admission;
        this.accounts = accounts;
        this.clock = clock;
        this.journal = journal;
        this.desk = desk;
    }

    /**
     * Somebody who says to be {@code name}.
     *
     * @param how for the journal, where it does not go without saying
     */
    record Attempt(
            InetAddress terminal,
            String name,
            Layer layer,
            @Nullable String how) {}

    CompletionStage<Authentication> authenticate(InetAddress terminal, String name, String password, Layer layer) {
        String digest = credentials.digest(terminal, name, password);
        Attempt attempt = new Attempt(terminal, subjectName(name), layer, null);
        CredentialSessions.Recognised known = standing(attempt, digest);
        if (known != null) {
            return recognised(attempt, known);
        }
        String key = layer + digest;
        var mine = new CompletableFuture<Authentication>();
        CompletableFuture<Authentication> before = underWay.putIfAbsent(key, mine);
        if (before != null) {
            return before;
        }
        verified(attempt, password, () -> remembering(attempt, digest), Authentication.Refused::new)
                .whenComplete((outcome, failure) -> {
                    underWay.remove(key, mine);
                    if (failure == null) {
                        mine.complete(outcome);
                    } else {
                        mine.completeExceptionally(failure);
                    }
                });
        return mine;
    }

    CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        Attempt attempt = new Attempt(terminal, subjectName(name), Layer.PORTAL, null);
        return verified(attempt, password, () -> seating(attempt), Authentication.Refused::new);
    }

    private CredentialSessions.@Nullable Recognised standing(Attempt attempt, String digest) {
        CredentialSessions.Recognised known = credentials.find(digest, clock.now());
        boolean stands = known != null
                && SessionTable.stands(
                        identity(attempt.terminal(), known.session()), seating, credentials, rules.get(), clock);
        return stands ? known : null;
    }

    /** No hash; in a layer that has not seen these credentials yet, a line in the journal first. */
    private CompletionStage<Authentication> recognised(Attempt attempt, CredentialSessions.Recognised known) {
        Identity identity = identity(attempt.terminal(), known.session());
        Access access = access(attempt, identity);
        Decision decision = Decisions.decide(rules.get(), access);
        if (!decision.isAllowed()) {
            return refused(access, decision, null, Authentication.Refused::new);
        }
        Authentication accepted = new Authentication.Accepted(identity);
        return known.isJournalled(attempt.layer())
                ? CompletableFuture.completedFuture(accepted)
                : journal.force(Event.of(access, decision, 0)).thenApply(done -> {
                    known.journalled(attempt.layer());
                    return accepted;
                });
    }

    /**
     * What follows for somebody who may be at the terminal, and whose password holds.
     *
     * @param no what else is answered
     */
    <T> CompletionStage<T> verified(
            Attempt attempt, String password, Plan.Proposal<T> next, Function<Decision, ? extends T> no) {
        Reason misplaced = misplaced(attempt);
        if (misplaced != null) {
            return refused(attempt, misplaced, no);
        }
        boolean atHome = attempt.name().equals(rules.get().ownerOf(attempt.terminal()));
        return accounts.check(attempt.name(), password, Addresses.text(attempt.terminal()), atHome)
                .thenCompose(outcome -> switch (outcome) {
                    case TOO_MANY -> refused(attempt, Reason.TOO_MANY_ATTEMPTS, no);
                    case BAD -> refused(attempt, Reason.BAD_CREDENTIALS, no);
                    case HOLDS -> desk.submit(next);
                });
    }

    /** Why nobody of that name may log in at the terminal, whatever proof they have; null when they may. */
    @Nullable
    Reason misplaced(Attempt attempt) {
        if (rules.get().attachmentOf(attempt.terminal()) == null) {
            return Reason.UNKNOWN_TERMINAL;
        }
        return admission.isSomebodyElses(attempt.terminal(), attempt.name()) ? Reason.SEAT_MISMATCH : null;
    }

    /** On the desk: somebody else may have come first while the password was checked. */
    private Plan<Authentication> seating(Attempt attempt) {
        Instant now = KeptForms.kept(clock.now());
        Turn.Coming coming = admission.fresh(attempt.name(), attempt.terminal(), Session.Origin.PORTAL, null, now);
        Identity identity = identity(attempt.terminal(), coming.session());
        Access access = access(attempt, identity);
        Turn turn = admission.taking(coming, now);
        Set<Object> touches = Admission.touches(turn);
        Decision obstacle = admission.obstacle(access, coming.session());
        if (obstacle != null) {
            return refusal(touches, access, obstacle);
        }
        Event logIn = Event.of(access, Decisions.decide(rules.get(), access), 0);
        Session present = seating.at(attempt.terminal(), clock);
        if (present != null && present.subject().equals(attempt.name()) && present.until() == null) {
            Authentication stays = new Authentication.Accepted(identity(attempt.terminal(), present));
            return new Plan<>(touches, List.of(logIn), List.of(), List.of(), () -> stays, false);
        }
        return Plan.change(touches, admission.taken(turn, logIn), live.kept(turn), () -> {
            live.apply(turn);
            return new Authentication.Accepted(identity);
        });
    }

    /** On the desk: the session becomes known to later connections with the first line in the journal, or is the one that already is. */
    private Plan<Authentication> remembering(Attempt attempt, String digest) {
        CredentialSessions.Recognised known = standing(attempt, digest);
        Instant now = KeptForms.kept(clock.now());
        Turn.Coming coming = known != null
                ? new Turn.Coming(known.session(), live.endsBy(known.session().id()), digest)
                : admission.fresh(attempt.name(), attempt.terminal(), Session.Origin.CREDENTIALS, digest, now);
        Identity identity = identity(attempt.terminal(), coming.session());
        Access access = access(attempt, identity);
        Turn turn = new Turn(known == null ? surplus() : List.of(), known == null ? List.of(coming) : List.of(), now);
        Set<Object> touches = new HashSet<>(Admission.touches(turn));
        touches.add(Plan.subject(attempt.name()));
        touches.add(attempt.terminal());
        Decision obstacle = admission.obstacle(access, coming.session());
        if (obstacle != null) {
            return refusal(touches, access, obstacle);
        }
        List<Event> events = List.of(Event.of(access, Decisions.decide(rules.get(), access), 0));
        return new Plan<>(
                touches,
                events,
                List.of(),
                live.kept(turn),
                () -> {
                    live.apply(turn);
                    CredentialSessions.Recognised there = credentials.find(digest, now);
                    if (there != null) {
                        there.journalled(attempt.layer());
                    }
                    return new Authentication.Accepted(identity);
                },
                false);
    }

    private List<Turn.Going> surplus() {
        List<Turn.Going> going = new ArrayList<>();
        Session surplus = credentials.surplus();
        if (surplus != null) {
            going.add(new Turn.Going(surplus, false));
        }
        return going;
    }

    private static Plan<Authentication> refusal(Set<Object> looked, Access access, Decision decision) {
        return Plan.answer(looked, List.of(Event.of(access, decision, 0)), new Authentication.Refused(decision));
    }

    /** A log-in that fails before anybody is somebody. */
    <T> CompletionStage<T> refused(Attempt attempt, Reason reason, Function<Decision, ? extends T> no) {
        Access access = access(attempt, identity(attempt.terminal(), null));
        return refused(access, Decisions.refuse(rules.get(), access, reason), attempt.how(), no);
    }

    private <T> CompletionStage<T> refused(
            Access access, Decision decision, @Nullable String how, Function<Decision, ? extends T> no) {
        journal.record(Event.of(access, decision, how, 0));
        return CompletableFuture.completedFuture(no.apply(decision));
    }

    private Identity identity(InetAddress terminal, @Nullable Session session) {
        return new Identity(terminal, rules.get().attachmentOf(terminal), session);
    }

    Access access(Attempt attempt, Identity who) {
        var service = new Resource.ServiceName(attempt.layer().word());
        return new Access(who, attempt.layer(), Action.LOG_IN, service, clock.now());
    }

    /** The subject's name for what was typed: mail programs send the address of the mailbox. */
    String subjectName(String typed) {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        Subject owner = name.indexOf('@') < 0 ? null : rules.get().mailboxOwner(name);
        return owner == null ? name : owner.name();
    }
}
