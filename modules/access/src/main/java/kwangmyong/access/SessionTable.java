package kwangmyong.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

/** The live table of who is where, behind the kernel's port. Changes go through the {@link Desk}, one at a time. */
final class SessionTable implements Sessions {
    private final Supplier<PolicySnapshot> rules;
    private final Seating seating;
    private final CredentialSessions credentials = new CredentialSessions();
    private final Accounts accounts;
    private final Supplier<AccessConfig> config;
    private final LabClock clock;
    private final Journal journal;
    private final Desk desk;

    SessionTable(
            Supplier<PolicySnapshot> rules,
            Seating seating,
            Accounts accounts,
            Supplier<AccessConfig> config,
            LabClock clock,
            Journal journal,
            Desk desk) {
        this.rules = rules;
        this.seating = seating;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
        this.journal = journal;
        this.desk = desk;
    }

    @Override
    public Identity at(InetAddress terminal) {
        return new Identity(terminal, rules.get().attachmentOf(terminal), seating.at(terminal, clock));
    }

    /** An identity of nobody always stands: nobody may do the least there is. */
    @Override
    public boolean stands(Identity identity) {
        Session session = identity.session();
        if (session == null) {
            return true;
        }
        Session present = seating.at(identity.terminal(), clock);
        if (session.origin() != Session.Origin.CREDENTIALS) {
            return present != null && present.id().equals(session.id());
        }
        boolean displaced = present != null
                && !present.subject().equals(session.subject())
                && rules.get().policy().seatsAreExclusive();
        return !displaced && credentials.isLive(session.id(), clock.now());
    }

    @Override
    public CompletionStage<Authentication> authenticate(
            InetAddress terminal, String name, String password, Layer layer) {
        String digest = credentials.digest(terminal, name, password);
        CredentialSessions.Recognised known = credentials.find(digest, clock.now());
        Attempt attempt = new Attempt(terminal, subjectName(name), layer);
        if (known != null && stands(attempt.identity(known.session()))) {
            return recognised(attempt, known);
        }
        return verified(
                attempt, password, Session.Origin.CREDENTIALS, config.get().credentialSession(), accepted -> {
                    CredentialSessions.Recognised added = credentials.add(digest, accepted.session());
                    added.journalled(layer);
                    return forced(accepted.event(null))
                            .thenApply(done -> new Authentication.Accepted(accepted.identity()));
                });
    }

    /** No hash; in a layer that has not seen these credentials yet, a line in the journal first. */
    private CompletionStage<Authentication> recognised(Attempt attempt, CredentialSessions.Recognised known) {
        Identity identity = attempt.identity(known.session());
        Access access = attempt.access(identity);
        Decision decision = Decisions.decide(rules.get(), access);
        if (!decision.isAllowed()) {
            return refused(access, decision);
        }
        Authentication accepted = new Authentication.Accepted(identity);
        if (known.isJournalled(attempt.layer())) {
            return CompletableFuture.completedFuture(accepted);
        }
        known.journalled(attempt.layer());
        return forced(Event.of(access, decision, 0)).thenApply(done -> accepted);
    }

    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        Attempt attempt = new Attempt(terminal, subjectName(name), Layer.PORTAL);
        return verified(
                attempt,
                password,
                Session.Origin.PORTAL,
                config.get().portalSession(),
                accepted -> desk.submit(() -> seat(attempt, accepted)));
    }

    /** On the desk: somebody else may have come first while the password was checked. */
    private Authentication seat(Attempt attempt, Acceptance accepted) {
        if (isSomebodyElses(attempt.terminal(), attempt.name())) {
            Access access = attempt.access(attempt.identity(null));
            Decision late = Decisions.refuse(rules.get(), access, Reason.SEAT_MISMATCH);
            journal.record(Event.of(access, late, 0));
            return new Authentication.Refused(late);
        }
        return new Authentication.Accepted(take(accepted.identity(), accepted.event(null)));
    }

    /** On the desk: gives a terminal to a subject; on disk when it returns. Who is there already, stays with the session they have. */
    Identity take(Identity identity, Event event) {
        Session present = seating.at(identity.terminal(), clock);
        Session wanted = identity.session();
        if (wanted == null) {
            throw new IllegalArgumentException("nobody to give a terminal to");
        }
        desk.force(event);
        if (present != null && present.subject().equals(wanted.subject()) && present.until() == null) {
            return new Identity(identity.terminal(), identity.attachment(), present);
        }
        seating.put(wanted);
        desk.saveAndTell();
        return identity;
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return logOut(terminal, Layer.PORTAL, null);
    }

    /** @param by the operator, or null for the subject */
    CompletionStage<Boolean> logOut(InetAddress terminal, Layer layer, @Nullable String by) {
        return desk.submit(() -> {
            Identity before = at(terminal);
            boolean hadCredentials =
                    credentials.end(session -> session.terminal().equals(terminal));
            if (before.session() == null && !hadCredentials) {
                return false;
            }
            desk.force(event(before, layer, "log-out", by == null ? null : "by " + by));
            seating.end(terminal, rules.get());
            desk.saveAndTell();
            return true;
        });
    }

    /** On the desk: ends what the clock has ended; tells whether anything was. */
    boolean expire(Instant now) {
        boolean any = credentials.expire(now);
        for (Session session : seating.expire(now, rules.get())) {
            any = true;
            Identity identity = new Identity(session.terminal(), rules.get().attachmentOf(session.terminal()), session);
            journal.record(event(identity, Layer.PORTAL, "expire", null));
        }
        return any;
    }

    /** On the desk: ends what a reload has ended. */
    void fit() {
        PolicySnapshot current = rules.get();
        for (Session session : seating.fit(current, clock.now())) {
            Identity identity = new Identity(session.terminal(), current.attachmentOf(session.terminal()), session);
            journal.record(event(identity, Layer.PORTAL, "end", "the rules that were loaded leave no place for it"));
        }
        credentials.end(session -> current.subject(session.subject()) == null
                || current.attachmentOf(session.terminal()) == null
                || (current.policy().seatsAreExclusive()
                        && !session.subject().equals(ownerOr(current, session.terminal(), session.subject()))));
    }

    /** On the desk: ends credentials of those whose account changed. Who is at a terminal stays there. */
    void endCredentialsOf(Set<String> subjects) {
        if (!subjects.isEmpty()) {
            credentials.end(session -> subjects.contains(session.subject()));
        }
    }

    private static String ownerOr(PolicySnapshot rules, InetAddress terminal, String otherwise) {
        String owner = rules.ownerOf(terminal);
        return owner == null ? otherwise : owner;
    }

    /** Whether a log-in of this name at this terminal is a {@code seat-mismatch}. */
    boolean isSomebodyElses(InetAddress terminal, String name) {
        PolicySnapshot current = rules.get();
        if (!current.policy().seatsAreExclusive()) {
            return false;
        }
        Session present = seating.at(terminal, clock);
        boolean taken = present != null && !present.subject().equals(name);
        return taken || !name.equals(ownerOr(current, terminal, name));
    }

    Session fresh(String subject, InetAddress terminal, Session.Origin origin, Duration lasting) {
        Instant now = clock.now();
        boolean home =
                origin == Session.Origin.PORTAL && subject.equals(rules.get().ownerOf(terminal));
        return home
                ? new Session(Seating.freshId(), subject, terminal, now, null, Session.Origin.SEAT)
                : new Session(Seating.freshId(), subject, terminal, now, now.plus(lasting), origin);
    }

    private CompletionStage<Authentication> verified(
            Attempt attempt, String password, Session.Origin origin, Duration lasting, Next next) {
        Access asNobody = attempt.access(attempt.identity(null));
        if (asNobody.who().attachment() == null) {
            return refused(asNobody, Reason.UNKNOWN_TERMINAL);
        } else if (isSomebodyElses(attempt.terminal(), attempt.name())) {
            return refused(asNobody, Reason.SEAT_MISMATCH);
        }
        boolean atHome = attempt.name().equals(rules.get().ownerOf(attempt.terminal()));
        return accounts.check(attempt.name(), password, attempt.terminal().getHostAddress(), atHome)
                .thenCompose(outcome -> switch (outcome) {
                    case TOO_MANY -> refused(asNobody, Reason.TOO_MANY_ATTEMPTS);
                    case BAD -> refused(asNobody, Reason.BAD_CREDENTIALS);
                    case HOLDS -> admitted(attempt, fresh(attempt.name(), attempt.terminal(), origin, lasting), next);
                });
    }

    private CompletionStage<Authentication> admitted(Attempt attempt, Session session, Next next) {
        Identity identity = attempt.identity(session);
        Access access = attempt.access(identity);
        PolicySnapshot current = rules.get();
        Decision decision = current.subject(session.subject()) == null
                ? Decisions.refuse(current, access, Reason.BAD_CREDENTIALS)
                : Decisions.decide(current, access);
        return decision.isAllowed()
                ? next.go(new Acceptance(identity, session, access, decision))
                : refused(access, decision);
    }

    private CompletionStage<Authentication> refused(Access access, Reason reason) {
        return refused(access, Decisions.refuse(rules.get(), access, reason));
    }

    private CompletionStage<Authentication> refused(Access access, Decision decision) {
        journal.record(Event.of(access, decision, 0));
        return CompletableFuture.completedFuture(new Authentication.Refused(decision));
    }

    private CompletionStage<Void> forced(Event event) {
        return journal.force(event);
    }

    Event event(Identity who, Layer layer, String action, @Nullable String detail) {
        return new Event(
                clock.now(), layer, who, action, new Resource.ServiceName(Layer.PORTAL.word()), null, detail, 0);
    }

    /** The subject's name for what was typed: mail programs send the address of the mailbox. */
    private String subjectName(String typed) {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        Subject owner = name.indexOf('@') < 0 ? null : rules.get().mailboxOwner(name);
        return owner == null ? name : owner.name();
    }

    /** Somebody who says to be {@code name}. */
    private final class Attempt {
        private final InetAddress terminal;
        private final String name;
        private final Layer layer;

        Attempt(InetAddress terminal, String name, Layer layer) {
            this.terminal = terminal;
            this.name = name;
            this.layer = layer;
        }

        InetAddress terminal() {
            return terminal;
        }

        String name() {
            return name;
        }

        Layer layer() {
            return layer;
        }

        Identity identity(@Nullable Session session) {
            return new Identity(terminal, rules.get().attachmentOf(terminal), session);
        }

        Access access(Identity who) {
            return new Access(who, layer, Action.LOG_IN, new Resource.ServiceName(layer.word()), clock.now());
        }
    }

    /** A log-in whose credentials held and which the rules allow. */
    private record Acceptance(Identity identity, Session session, Access access, Decision decision) {
        Event event(@Nullable String detail) {
            return Event.of(access, decision, detail, 0);
        }
    }

    @FunctionalInterface
    private interface Next {
        CompletionStage<Authentication> go(Acceptance accepted);
    }
}
