package kwangmyong.access.replica;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.Controller;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller as a service in another process has it: rules and sessions as they were last told, decided by here. While the controller is away, decisions go on by what
 * is known, hours and the ends of grants and sessions included, or everything is denied; log-ins are refused either way.
 */
public final class ReplicaController implements Controller {
    private static final Logger log = LoggerFactory.getLogger(ReplicaController.class);

    /** How late the end of a session, a grant or an hour is told, at most. */
    private static final long TICK_MILLIS = 200;

    private final LabClock clock;
    private final Journal journal;
    private final boolean closedWhenAway;
    private final Map<InetAddress, Session> here = new ConcurrentHashMap<>();
    private final ReplicaSessions sessions;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor ticking;
    private volatile RulesInForce inForce;
    private volatile boolean away = true;
    private volatile boolean hasRules;
    private @Nullable ScheduledFuture<?> tick;

    /**
     * A replica that knows nothing yet, and so denies everything.
     *
     * @param declared what this process's own configuration says, for the words of the lattice until the controller's rules are here
     * @param closedWhenAway whether everything is denied while the controller is away
     */
    public ReplicaController(
            PolicySnapshot declared, LabClock clock, Journal journal, Upstream upstream, boolean closedWhenAway) {
        this.clock = clock;
        this.journal = journal;
        this.closedWhenAway = closedWhenAway;
        this.inForce = new RulesInForce(declared, clock);
        this.sessions = new ReplicaSessions(this, here, upstream, clock, journal);
        this.ticking = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kwm-replica");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        tick = ticking.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        ScheduledFuture<?> running = tick;
        if (running != null) {
            running.cancel(false);
        }
        ticking.shutdownNow();
    }

    /** Puts rules in force, with every grant that stands by itself or was given. */
    public void rules(PolicySnapshot current) {
        inForce = new RulesInForce(current, clock);
        hasRules = true;
        tell();
    }

    /**
     * Follows who is where.
     *
     * @param whole whether nobody else is anywhere
     */
    public void seating(Collection<Session> present, Collection<InetAddress> left, boolean whole) {
        if (whole) {
            List<InetAddress> now = present.stream().map(Session::terminal).toList();
            here.keySet().retainAll(now);
        }
        left.forEach(here::remove);
        present.forEach(session -> here.put(session.terminal(), session));
        tell();
    }

    /** Credentials that hold no longer, by the ids of their sessions. */
    public void ended(Collection<String> ids) {
        sessions.end(ids);
        tell();
    }

    /** Whether the controller is away now. */
    public void away(boolean now) {
        if (away != now) {
            away = now;
            tell();
        }
    }

    /** Sessions of credentials that were given here and still hold, as far as is known. */
    public List<Session> credentials() {
        return sessions.credentials();
    }

    boolean mayDecide() {
        return hasRules && !(away && closedWhenAway);
    }

    @Override
    public Decision decide(Access access) {
        PolicySnapshot rules = snapshot();
        return mayDecide() ? Decisions.decide(rules, access) : Decisions.refuse(rules, access, Reason.CONTROLLER_AWAY);
    }

    @Override
    public Instant steadyUntil(Instant now) {
        Instant next = inForce.nextTurn(now);
        for (Session session : here.values()) {
            Instant until = session.until();
            next = until != null && until.isBefore(next) ? until : next;
        }
        return next;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public PolicySnapshot snapshot() {
        return inForce.snapshot();
    }

    /** Explanations are the controller's. */
    @Override
    public void foresee(Foresight services) {
        // nobody asks here
    }

    private void tick() {
        boolean over = sessions.expire(clock.now());
        if (inForce.hasTurned() || over) {
            tell();
        }
    }

    private void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failure) {
                log.error("a listener to changes of access failed", failure);
            }
        }
    }
}
