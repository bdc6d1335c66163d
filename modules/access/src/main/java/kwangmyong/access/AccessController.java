package kwangmyong.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kwangmyong.access.account.Accounts;
import kwangmyong.access.account.HashQueue;
import kwangmyong.access.account.Keys;
import kwangmyong.access.account.Passwords;
import kwangmyong.access.api.Entrance;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.Watch;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Listeners;
import kwangmyong.access.change.Plan;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.entry.Admission;
import kwangmyong.access.entry.Entering;
import kwangmyong.access.entry.LogIns;
import kwangmyong.access.entry.SessionTable;
import kwangmyong.access.operate.AddedPeople;
import kwangmyong.access.operate.GrantDesk;
import kwangmyong.access.operate.OperationsDesk;
import kwangmyong.access.operate.PeopleDesk;
import kwangmyong.access.operate.PresenceDesk;
import kwangmyong.access.operate.RecentDenials;
import kwangmyong.access.operate.Views;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.Limits;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.MinutesLedger;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.Turn;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority that says who may reach what: the rules in force, who is where, and what operators have granted. Deciding and asking who is
 * there takes no lock; changes are made one at a time on a thread of its own, journalled and saved before they are acknowledged.
 */
public final class AccessController implements Controller {
    private static final Logger log = LoggerFactory.getLogger(AccessController.class);

    private final LabClock clock;
    private final Journal journal;
    private final Store store;
    private final Seating seating = new Seating();
    private final CredentialSessions credentials = new CredentialSessions();
    private final AtomicReference<AccessConfig> config;
    private final Accounts accounts;
    private final Accounts operators;
    private final RulesInForce rules;
    private final LiveSessions live;
    private final SessionTable table;
    private final PeopleDesk people;
    private final Entrance entrance;
    private final GrantDesk grants;
    private final OperationsDesk operations;
    private final Desk desk;
    private final Listeners listeners = new Listeners();
    private final Threads threads = new Threads();

    /**
     * @param journal where everything is written; services use {@link #journal()} instead, so that denials can be shown again
     * @param store where what happens is kept from one run to the next; whoever opened it closes it, after this has stopped
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
        this.rules = new RulesInForce(policy, clock);
        RecentDenials denials = new RecentDenials();
        this.journal = denials.tap(journal);
        this.desk = new Desk(threads.changing(), this.journal, clock, store, this::tidy, listeners::tell);
        this.config = new AtomicReference<>(config);
        HashQueue queue = new HashQueue(threads.hashing());
        this.accounts = new Accounts(new Passwords(config.accounts()), queue, System::nanoTime);
        this.operators =
                new Accounts(new Passwords(config.operators()), new HashQueue(threads.hashing()), System::nanoTime);
        MinutesLedger minutes = new MinutesLedger(store, () -> config().limits());
        Limits limits = new Limits(this::config, minutes);
        this.live = new LiveSessions(seating, credentials, minutes, rules::snapshot);
        var admission = new Admission(rules::snapshot, seating, live, minutes, limits, store, clock);
        var logIns =
                new LogIns(rules::snapshot, seating, credentials, live, admission, accounts, clock, this.journal, desk);
        this.table = new SessionTable(rules::snapshot, seating, credentials, live, logIns, clock, desk);
        Keys keys = new Keys(store, () -> config().keys());
        this.entrance = new Entering(rules::snapshot, seating, live, admission, logIns, table, keys, clock, desk);
        Views views = new Views(rules, live, credentials, minutes, accounts.passwords(), keys, store, clock);
        this.people =
                new PeopleDesk(rules, table, live, accounts.passwords(), keys, store, views::subject, clock, desk);
        this.grants = new GrantDesk(rules, views::of, clock, desk);
        this.operations = new OperationsDesk(
                rules,
                table,
                live,
                views,
                people,
                new PresenceDesk(rules, table, seating, credentials, live, admission, limits, views::of, clock, desk),
                grants,
                accounts,
                operators,
                denials,
                this::config,
                names,
                clock,
                desk);
    }

    /** Takes back what an earlier run left and seats who has a seat. Everybody is where they belong when it returns. */
    public void start() {
        KeptState kept = KeptState.of(store, rules.declared());
        rules.restore(kept.people(), kept.grants());
        accounts.passwords().restore(kept.passwords());
        seating.restore(kept.sessions(), kept.emptySeats());
        kept.endsBy().forEach(live::restored);
        tidy();
        putInPlace();
        threads.tick(this::tick);
    }

    /** On the desk, or before it opens: ends what the rules leave no place, seats who has a seat, and counts minutes anew. */
    private void putInPlace() {
        SessionTable.Fit fit = table.fit(rules.snapshot());
        desk.note(fit.events());
        desk.keepLater(live.kept(fit.turn()));
        live.apply(fit.turn());
        table.seatOwners(people::mayBe);
        Instant now = KeptForms.kept(clock.now());
        desk.keepLater(live.stopped(now));
        live.counting().forEach(subject -> desk.keepLater(live.recounted(subject, now)));
    }

    /** Stops expiring and refuses changes; decisions are still made. What was acknowledged is on disk already. */
    public void stop() {
        threads.stop();
    }

    @Override
    public Decision decide(Access access) {
        return Decisions.decide(rules.snapshot(), access);
    }

    @Override
    public Instant steadyUntil(Instant now) {
        Instant turn = rules.nextTurn(now);
        Instant end = seating.firstEnd();
        Instant ofCredentials = credentials.firstEnd();
        Instant first = ofCredentials.isBefore(end) ? ofCredentials : end;
        return first.isBefore(turn) ? first : turn;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public Sessions sessions() {
        return table;
    }

    @Override
    public void foresee(Foresight services) {
        operations.foresee(services);
    }

    /** Whom operators ask who looks as if they were trying to get round what is allowed. */
    public void watchBy(Supplier<List<Watch>> watching) {
        operations.watchBy(watching);
    }

    /** Every session at a terminal, those of seats included; credentials given to services are not among them. */
    public List<Session> present() {
        return seating.all();
    }

    /** How many changes wait to be made. */
    public int waiting() {
        return desk.waiting();
    }

    /** How many names, addresses and pairs of them are known to have failed to log in lately, operators' included. Bounded. */
    public int failuresKnown() {
        return accounts.failuresKnown() + operators.failuresKnown();
    }

    /** What operators and pages may ask. */
    public Operations operations() {
        return operations;
    }

    /** The way in by a connection that is held open. */
    public Entrance entrance() {
        return entrance;
    }

    /** Passes everything on, and keeps the latest denials to show them again. */
    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public PolicySnapshot snapshot() {
        return rules.snapshot();
    }

    /**
     * Puts other rules in force. Sessions and grants that still stand under them stay; the others end. Completes when every decision is made
     * by the new rules, with their hash.
     */
    public CompletionStage<String> reload(Policy policy) {
        return reload(policy, config());
    }

    /** As {@link #reload(Policy)}, with other accounts too: credentials whose password changed hold no longer. */
    public CompletionStage<String> reload(Policy policy, AccessConfig current) {
        return CompletableFuture.supplyAsync(() -> PolicySnapshot.of(policy))
                .thenCompose(compiled ->
                        desk.submit(() -> Plan.change(Set.of(Plan.EVERYTHING), List.of(), List.of(), () -> {
                            putInForce(compiled, current);
                            return rules.snapshot().hash();
                        })));
    }

    private void putInForce(PolicySnapshot compiled, AccessConfig current) {
        config.set(current);
        operators.passwords().declare(current.operators());
        Set<String> changed = accounts.passwords().declare(current.accounts());
        Turn credentialsEnd = new Turn(table.credentialsOf(changed), List.of(), KeptForms.kept(clock.now()));
        desk.keepLater(live.kept(credentialsEnd));
        live.apply(credentialsEnd);
        List<Grant> before = rules.given();
        rules.reload(compiled, AddedPeople.fitting(store.all(Kept.Person.class), compiled.policy()));
        desk.keepLater(before.stream()
                .filter(grant -> !rules.given().contains(grant))
                .<Change>map(grant -> Change.remove(Kept.Grant.class, grant.id()))
                .toList());
        putInPlace();
    }

    private AccessConfig config() {
        return Objects.requireNonNull(config.get());
    }

    private void tick() {
        try {
            tidy();
            if (rules.hasTurned()) {
                listeners.tell();
            }
        } catch (RuntimeException failure) {
            log.error("what has ended could not be ended; trying again", failure);
        }
    }

    /** On the desk: ends what the clock has ended. */
    private void tidy() {
        boolean expired = table.expire();
        boolean ended = grants.endOver();
        if (expired || ended) {
            listeners.tell();
        }
    }
}
