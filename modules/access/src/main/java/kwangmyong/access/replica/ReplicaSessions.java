package kwangmyong.access.replica;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.SessionIndex;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

/** Who is where, as the controller told it. Log-ins are the controller's to check and to journal; credentials that it accepted are recognised here. */
final class ReplicaSessions implements Sessions {
    private final ReplicaController controller;
    private final Map<InetAddress, Session> here;
    private final CredentialSessions credentials = new CredentialSessions();
    private final Upstream upstream;
    private final LabClock clock;
    private final Journal journal;
    private Instant lastExpiry = Instant.MIN;

    ReplicaSessions(
            ReplicaController controller,
            Map<InetAddress, Session> here,
            Upstream upstream,
            LabClock clock,
            Journal journal) {
        this.controller = controller;
        this.here = here;
        this.upstream = upstream;
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    public Identity at(InetAddress terminal) {
        return identity(terminal, present(terminal));
    }

    private @Nullable Session present(InetAddress terminal) {
        Session session = here.get(terminal);
        return session != null && SessionIndex.isOver(session, clock.now()) ? null : session;
    }

    private Identity identity(InetAddress terminal, @Nullable Session session) {
        return new Identity(terminal, controller.snapshot().attachmentOf(terminal), session);
    }

    @Override
    public boolean stands(Identity identity) {
        Session session = identity.session();
        if (session == null) {
            return true;
        }
        Session present = present(identity.terminal());
        if (session.origin() != Session.Origin.CREDENTIALS) {
            return present != null && present.id().equals(session.id());
        }
        boolean displaced = present != null
                && !present.subject().equals(session.subject())
                && controller.snapshot().policy().seatsAreExclusive();
        return !displaced && credentials.isLive(session.id(), clock.now());
    }

    @Override
    public CompletionStage<Authentication> authenticate(
            InetAddress terminal, String name, String password, Layer layer) {
        String digest = credentials.digest(terminal, name, password);
        CredentialSessions.Recognised known = credentials.find(digest, clock.now());
        if (known != null && stands(identity(terminal, known.session()))) {
            return recognised(terminal, known, layer);
        }
        return upstream.logIn(terminal, name, password, layer).handle((answer, failure) -> {
            if (answer == null) {
                return away(terminal, layer);
            }
            Session session = answer.session();
            if (session == null) {
                return refused(answer);
            }
            added(digest, session).journalled(layer);
            return new Authentication.Accepted(identity(terminal, session));
        });
    }

    /** Known already: decided here, and journalled here the first time that a layer sees them. */
    private CompletionStage<Authentication> recognised(
            InetAddress terminal, CredentialSessions.Recognised known, Layer layer) {
        Identity identity = identity(terminal, known.session());
        Access access = access(identity, layer);
        Decision decision = controller.decide(access);
        if (!decision.isAllowed()) {
            journal.record(Event.of(access, decision, 0));
            return CompletableFuture.completedFuture(new Authentication.Refused(decision));
        }
        Authentication accepted = new Authentication.Accepted(identity);
        return known.isJournalled(layer)
                ? CompletableFuture.completedFuture(accepted)
                : journal.force(Event.of(access, decision, 0)).thenApply(done -> {
                    known.journalled(layer);
                    return accepted;
                });
    }

    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        return upstream.logIn(terminal, name, password, null).handle((answer, failure) -> {
            if (answer == null) {
                return away(terminal, Layer.PORTAL);
            }
            Session session = answer.session();
            if (session == null) {
                return refused(answer);
            }
            here.put(terminal, session);
            return new Authentication.Accepted(identity(terminal, session));
        });
    }

    private static Authentication refused(Upstream.Answer answer) {
        Decision refusal = answer.refusal();
        if (refusal == null) {
            throw new AssertionError("an answer is a session or a refusal");
        }
        return new Authentication.Refused(refusal);
    }

    private Authentication away(InetAddress terminal, Layer layer) {
        Access access = access(identity(terminal, null), layer);
        PolicySnapshot rules = controller.snapshot();
        Decision decision = Decisions.refuse(rules, access, Reason.CONTROLLER_AWAY);
        journal.record(Event.of(access, decision, 0));
        return new Authentication.Refused(decision);
    }

    private Access access(Identity who, Layer layer) {
        return new Access(who, layer, Action.LOG_IN, new Resource.ServiceName(layer.word()), clock.now());
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return upstream.logOut(terminal);
    }

    private synchronized CredentialSessions.Recognised added(String digest, Session session) {
        return credentials.add(digest, session);
    }

    synchronized void end(Collection<String> ids) {
        Set<String> gone = Set.copyOf(ids);
        credentials.all().stream()
                .filter(session -> gone.contains(session.id()))
                .forEach(credentials::remove);
    }

    List<Session> credentials() {
        return credentials.all();
    }

    /** On the replica's thread: whether any session has ended by the clock since this was last asked. */
    synchronized boolean expire(Instant now) {
        Instant before = lastExpiry;
        lastExpiry = now;
        List<Session> over = credentials.all().stream()
                .filter(session -> SessionIndex.isOver(session, now))
                .toList();
        over.forEach(credentials::remove);
        boolean any = !over.isEmpty();
        for (Session session : here.values()) {
            Instant until = session.until();
            any |= until != null && until.isAfter(before) && !now.isBefore(until);
        }
        return any;
    }
}
