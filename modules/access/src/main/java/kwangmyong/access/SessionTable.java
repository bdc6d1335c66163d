package kwangmyong.access;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
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
    private final LogIns logIns;
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
        this.clock = clock;
        this.journal = journal;
        this.desk = desk;
        this.logIns = new LogIns(rules, this, credentials, accounts, config, clock, journal, desk);
    }

    @Override
    public Identity at(InetAddress terminal) {
        return identity(terminal, seating.at(terminal, clock));
    }

    Identity identity(InetAddress terminal, @Nullable Session session) {
        return new Identity(terminal, rules.get().attachmentOf(terminal), session);
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
        return logIns.authenticate(terminal, name, password, layer);
    }

    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        return logIns.logIn(terminal, name, password);
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return logOut(terminal, Layer.PORTAL, null);
    }

    /**
     * Ends whatever session a terminal has.
     *
     * @param by the operator, or null for the subject
     */
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

    /**
     * On the desk: gives a terminal to a subject; on disk when it returns. Who is at their seat already stays
     * with the session they have.
     */
    Identity take(Session wanted, Event event) {
        desk.force(event);
        Session present = seating.at(wanted.terminal(), clock);
        if (present != null && present.subject().equals(wanted.subject()) && present.until() == null) {
            return identity(wanted.terminal(), present);
        }
        seating.put(wanted);
        desk.saveAndTell();
        return identity(wanted.terminal(), wanted);
    }

    /** On the desk: ends what the clock has ended; tells whether anything was. */
    boolean expire(Instant now) {
        boolean any = credentials.expire(now);
        for (Session session : seating.expire(now, rules.get())) {
            any = true;
            journal.record(event(identity(session.terminal(), session), Layer.PORTAL, "expire", null));
        }
        return any;
    }

    /** On the desk: ends what a reload has ended. */
    void fit() {
        PolicySnapshot current = rules.get();
        for (Session session : seating.fit(current, clock.now())) {
            Identity identity = identity(session.terminal(), session);
            journal.record(event(identity, Layer.PORTAL, "end", "the rules that were loaded leave no place for it"));
        }
        credentials.end(session -> !hasPlace(current, session));
    }

    private static boolean hasPlace(PolicySnapshot rules, Session session) {
        boolean mismatch = rules.policy().seatsAreExclusive()
                && !session.subject().equals(ownerOr(rules, session.terminal(), session.subject()));
        return !mismatch && rules.subject(session.subject()) != null && rules.attachmentOf(session.terminal()) != null;
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

    /** A session from now on, as by a log-in at the portal. */
    Session fresh(String subject, InetAddress terminal) {
        return logIns.fresh(subject, terminal, Session.Origin.PORTAL);
    }

    Event event(Identity who, Layer layer, String action, @Nullable String detail) {
        return new Event(
                clock.now(), layer, who, action, new Resource.ServiceName(Layer.PORTAL.word()), null, detail, 0);
    }
}
