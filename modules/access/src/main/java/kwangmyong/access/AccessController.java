package kwangmyong.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.api.Operations;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority that says who may reach what: the rules in force, who is where, and what operators have granted. Deciding and asking who is
 * there takes no lock; changes are made one at a time on a thread of its own, journalled and saved before they are acknowledged.
 */
public final class AccessController implements AccessPolicy {
    /** How late an expiry, a grant's end or an hour's beginning is told, at most. */
    private static final long TICK_MILLIS = 200;

    private static final int HASHING_THREADS = 2;
    private static final int HASHING_QUEUE = 64;
    private static final long STOP_WITHIN_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(AccessController.class);

    private final LabClock clock;
    private final Journal journal;
    private final Store store;
    private final Seating seating = new Seating();
    private final AtomicReference<AccessConfig> config;
    private final Accounts accounts;
    private final Accounts operators;
    private final Grants grants;
    private final SessionTable sessions;
    private final OperationsDesk operations;
    private final Desk desk;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor thread;
    private final ThreadPoolExecutor hashing;
    private @Nullable Future<?> ticking;

    /**
     * @param journal where everything is written; services use {@link #journal()} instead, so that denials can be shown again
     * @param store of this controller alone; closed by whoever opened it
     */
    public AccessController(Policy policy, AccessConfig config, LabClock clock, Journal journal, Store store) {
        this(policy, config, clock, journal, store, NameData.NONE);
    }

    /**
     * As the other, for a lab with names.
     *
     * @param names whose aliases explanations follow
     */
    public AccessController(
            Policy policy, AccessConfig config, LabClock clock, Journal journal, Store store, NameData names) {
        this.clock = clock;
        this.store = store;
        this.grants = new Grants(policy, clock);
        this.thread = new ScheduledThreadPoolExecutor(1, named("kwm-access"));
        this.hashing = new ThreadPoolExecutor(
                HASHING_THREADS,
                HASHING_THREADS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(HASHING_QUEUE),
                named("kwm-passwords"));
        hashing.allowCoreThreadTimeOut(true);
        RecentDenials denials = new RecentDenials();
        this.journal = denials.tap(journal);
        this.desk = new Desk(thread, this.journal, clock, store, List.of(grants, seating), this::tell);
        this.config = new AtomicReference<>(config);
        this.accounts = new Accounts(config.accounts(), hashing, System::nanoTime);
        this.operators = new Accounts(config.operators(), hashing, System::nanoTime);
        this.sessions = new SessionTable(grants::snapshot, seating, accounts, this::config, clock, this.journal, desk);
        this.operations = new OperationsDesk(
                grants, seating, sessions, operators, denials, this::config, names, clock, this.journal, desk);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Takes back what an earlier run left and seats who has a seat. Everybody is where they belong when it returns. */
    public void start() {
        Lattice lattice = snapshot().policy().lattice();
        grants.restore(store.all(Kept.Grant.class).stream()
                .flatMap(kept -> KeptForms.grant(kept, lattice).stream())
                .sorted(Comparator.comparing(Grant::from).thenComparing(Grant::id))
                .toList());
        seating.restore(
                store.all(Kept.Session.class).stream().map(KeptForms::session).toList(),
                store.all(Kept.EmptySeat.class).stream()
                        .map(seat -> Addresses.parse(seat.terminal()))
                        .collect(Collectors.toSet()),
                snapshot(),
                clock.now());
        desk.saveLaterAndTell();
        ticking = thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops expiring and refuses changes; decisions are still made. What was acknowledged is on disk already. */
    public void stop() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdown();
        hashing.shutdownNow();
        try {
            thread.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Decision decide(Access access) {
        return Decisions.decide(grants.snapshot(), access);
    }

    @Override
    public Instant steadyUntil(Instant now) {
        Instant turn = grants.nextTurn(now);
        Instant end = seating.firstEnd();
        return end.isBefore(turn) ? end : turn;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Who is where. */
    public Sessions sessions() {
        return sessions;
    }

    /** Has explanations say what services decide beyond the rules. */
    public void foresee(Foresight services) {
        operations.foresee(services);
    }

    /** What operators and pages may ask. */
    public Operations operations() {
        return operations;
    }

    /** The journal for services: passes everything on, and keeps the latest denials to show them again. */
    public Journal journal() {
        return journal;
    }

    /** The rules in force, grants included. */
    public PolicySnapshot snapshot() {
        return grants.snapshot();
    }

    /**
     * Puts other rules in force. Sessions and grants that still stand under them stay; the others end. Completes when every decision is made
     * by the new rules, with their hash.
     */
    public CompletionStage<String> reload(Policy policy) {
        return CompletableFuture.supplyAsync(() -> PolicySnapshot.of(policy))
                .thenCompose(compiled -> desk.submit(() -> {
                    grants.reload(compiled);
                    sessions.fit();
                    desk.saveAndTell();
                    return grants.snapshot().hash();
                }));
    }

    /** As {@link #reload(Policy)}, with other accounts too: credentials whose password changed hold no longer. */
    public CompletionStage<String> reload(Policy policy, AccessConfig current) {
        return desk.submit(() -> {
                    config.set(current);
                    operators.declare(current.operators());
                    sessions.endCredentialsOf(accounts.declare(current.accounts()));
                    return current;
                })
                .thenCompose(done -> reload(policy));
    }

    private AccessConfig config() {
        return Objects.requireNonNull(config.get());
    }

    private void tick() {
        try {
            boolean expired = sessions.expire(clock.now());
            boolean ended = operations.endGrants();
            boolean turned = grants.hasTurned();
            if (expired || ended) {
                desk.saveLaterAndTell();
            } else if (turned) {
                tell();
            }
        } catch (RuntimeException failure) {
            log.error("what has ended could not be followed; trying again", failure);
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
