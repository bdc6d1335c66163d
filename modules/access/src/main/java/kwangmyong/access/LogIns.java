package kwangmyong.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
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
 * How somebody becomes a subject: the terminal first, then name and password, then whether the rules allow the log-in, then the journal, and
 * only then the answer.
 */
final class LogIns {
    private final Supplier<PolicySnapshot> rules;
    private final SessionTable table;
    private final CredentialSessions credentials;
    private final Accounts accounts;
    private final Supplier<AccessConfig> config;
    private final LabClock clock;
    private final Journal journal;
    private final Desk desk;

    /** Checks under way, so that the connections that a browser opens at once cost one hash. No more than hashes may wait. */
    private final Map<String, CompletableFuture<Authentication>> underWay = new ConcurrentHashMap<>();

    LogIns(
            Supplier<PolicySnapshot> rules,
            SessionTable table,
            CredentialSessions credentials,
            Accounts accounts,
            Supplier<AccessConfig> config,
            LabClock clock,
            Journal journal,
            Desk desk) {
        this.rules = rules;
        this.table = table;
        this.credentials = credentials;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
        this.journal = journal;
        this.desk = desk;
    }

    /** Somebody who says to be {@code name}. */
    private record Attempt(InetAddress terminal, String name, Layer layer) {}

    /** A log-in whose credentials held and which the rules allow. */
    private record Acceptance(Identity identity, Session session, Event event) {}

    CompletionStage<Authentication> authenticate(InetAddress terminal, String name, String password, Layer layer) {
        String digest = credentials.digest(terminal, name, password);
        Attempt attempt = new Attempt(terminal, subjectName(name), layer);
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
        verified(attempt, password, Session.Origin.CREDENTIALS, accepted -> remember(attempt, digest, accepted))
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

    private CredentialSessions.@Nullable Recognised standing(Attempt attempt, String digest) {
        CredentialSessions.Recognised known = credentials.find(digest, clock.now());
        return known != null && table.stands(table.identity(attempt.terminal(), known.session())) ? known : null;
    }

    /** No hash; in a layer that has not seen these credentials yet, a line in the journal first. */
    private CompletionStage<Authentication> recognised(Attempt attempt, CredentialSessions.Recognised known) {
        Identity identity = table.identity(attempt.terminal(), known.session());
        Access access = access(attempt, identity);
        Decision decision = Decisions.decide(rules.get(), access);
        if (!decision.isAllowed()) {
            return refused(access, decision);
        }
        Authentication accepted = new Authentication.Accepted(identity);
        return known.isJournalled(attempt.layer())
                ? CompletableFuture.completedFuture(accepted)
                : journalled(attempt.layer(), known, Event.of(access, decision, 0), accepted);
    }

    /** The session becomes known to later connections with the first line in the journal, or is the one that already is. */
    private CompletionStage<Authentication> remember(Attempt attempt, String digest, Acceptance accepted) {
        CredentialSessions.Recognised known = standing(attempt, digest);
        if (known != null) {
            return recognised(attempt, known);
        }
        CredentialSessions.Recognised added = credentials.add(digest, accepted.session());
        return journalled(attempt.layer(), added, accepted.event(), new Authentication.Accepted(accepted.identity()));
    }

    private CompletionStage<Authentication> journalled(
            Layer layer, CredentialSessions.Recognised session, Event event, Authentication accepted) {
        return journal.force(event).thenApply(done -> {
            session.journalled(layer);
            return accepted;
        });
    }

    CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        Attempt attempt = new Attempt(terminal, subjectName(name), Layer.PORTAL);
        return verified(
                attempt, password, Session.Origin.PORTAL, accepted -> desk.submit(() -> seat(attempt, accepted)));
    }

    /** On the desk: somebody else may have come first while the password was checked. */
    private Authentication seat(Attempt attempt, Acceptance accepted) {
        if (table.isSomebodyElses(attempt.terminal(), attempt.name())) {
            Access access = access(attempt, table.identity(attempt.terminal(), null));
            Decision late = Decisions.refuse(rules.get(), access, Reason.SEAT_MISMATCH);
            journal.record(Event.of(access, late, 0));
            return new Authentication.Refused(late);
        }
        return new Authentication.Accepted(table.take(accepted.session(), accepted.event()));
    }

    private CompletionStage<Authentication> verified(
            Attempt attempt,
            String password,
            Session.Origin origin,
            Function<Acceptance, CompletionStage<Authentication>> next) {
        Access asNobody = access(attempt, table.identity(attempt.terminal(), null));
        if (asNobody.who().attachment() == null) {
            return refused(asNobody, Reason.UNKNOWN_TERMINAL);
        } else if (table.isSomebodyElses(attempt.terminal(), attempt.name())) {
            return refused(asNobody, Reason.SEAT_MISMATCH);
        }
        boolean atHome = attempt.name().equals(rules.get().ownerOf(attempt.terminal()));
        return accounts.check(attempt.name(), password, Addresses.text(attempt.terminal()), atHome)
                .thenCompose(outcome -> switch (outcome) {
                    case TOO_MANY -> refused(asNobody, Reason.TOO_MANY_ATTEMPTS);
                    case BAD -> refused(asNobody, Reason.BAD_CREDENTIALS);
                    case HOLDS -> admitted(attempt, fresh(attempt.name(), attempt.terminal(), origin), next);
                });
    }

    private CompletionStage<Authentication> admitted(
            Attempt attempt, Session session, Function<Acceptance, CompletionStage<Authentication>> next) {
        Identity identity = table.identity(attempt.terminal(), session);
        Access access = access(attempt, identity);
        PolicySnapshot current = rules.get();
        Decision decision = current.subject(session.subject()) == null
                ? Decisions.refuse(current, access, Reason.BAD_CREDENTIALS)
                : Decisions.decide(current, access);
        return decision.isAllowed()
                ? next.apply(new Acceptance(identity, session, Event.of(access, decision, 0)))
                : refused(access, decision);
    }

    /** A session from now on; of a subject at their own seat one that does not end by itself. */
    Session fresh(String subject, InetAddress terminal, Session.Origin origin) {
        Instant now = KeptForms.kept(clock.now());
        if (origin == Session.Origin.PORTAL && subject.equals(rules.get().ownerOf(terminal))) {
            return new Session(Seating.freshId(), subject, terminal, now, null, Session.Origin.SEAT);
        }
        Duration lasting = origin == Session.Origin.PORTAL
                ? config.get().portalSession()
                : config.get().credentialSession();
        return new Session(Seating.freshId(), subject, terminal, now, now.plus(lasting), origin);
    }

    private CompletionStage<Authentication> refused(Access access, Reason reason) {
        return refused(access, Decisions.refuse(rules.get(), access, reason));
    }

    private CompletionStage<Authentication> refused(Access access, Decision decision) {
        journal.record(Event.of(access, decision, 0));
        return CompletableFuture.completedFuture(new Authentication.Refused(decision));
    }

    private Access access(Attempt attempt, Identity who) {
        var service = new Resource.ServiceName(attempt.layer().word());
        return new Access(who, attempt.layer(), Action.LOG_IN, service, clock.now());
    }

    /** The subject's name for what was typed: mail programs send the address of the mailbox. */
    private String subjectName(String typed) {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        Subject owner = name.indexOf('@') < 0 ? null : rules.get().mailboxOwner(name);
        return owner == null ? name : owner.name();
    }
}
