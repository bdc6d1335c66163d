package kwangmyong.access.operate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.access.account.Accounts;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.api.Status;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.api.Watch;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.entry.SessionTable;
import kwangmyong.access.explain.Explainer;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Every operation: what is shown, from here; what is changed, from the desk of its noun. */
public final class OperationsDesk implements Operations {
    private final RulesInForce rules;
    private final SessionTable table;
    private final LiveSessions live;
    private final Views views;
    private final PeopleDesk people;
    private final PresenceDesk presence;
    private final GrantDesk grants;
    private final Accounts accounts;
    private final Accounts operators;
    private final RecentDenials denials;
    private final Supplier<AccessConfig> config;
    private final NameData names;
    private final LabClock clock;
    private final Desk desk;
    private volatile Foresight foresight = Foresight.NONE;
    private volatile Supplier<List<Watch>> watching = List::of;

    public OperationsDesk(
            RulesInForce rules,
            SessionTable table,
            LiveSessions live,
            Views views,
            PeopleDesk people,
            PresenceDesk presence,
            GrantDesk grants,
            Accounts accounts,
            Accounts operators,
            RecentDenials denials,
            Supplier<AccessConfig> config,
            NameData names,
            LabClock clock,
            Desk desk) {
        this.rules = rules;
        this.table = table;
        this.live = live;
        this.views = views;
        this.people = people;
        this.presence = presence;
        this.grants = grants;
        this.accounts = accounts;
        this.operators = operators;
        this.denials = denials;
        this.config = config;
        this.names = names;
        this.clock = clock;
        this.desk = desk;
    }

    private Policy policy() {
        return rules.snapshot().policy();
    }

    @Override
    public Status status() {
        Policy policy = policy();
        return new Status(
                rules.snapshot().hash(),
                clock.now(),
                policy.subjects().size(),
                policy.rules().size(),
                policy.attachments().size(),
                live.count(),
                policy.grants().size());
    }

    @Override
    public List<SessionView> sessions() {
        return live.all().stream().map(views::of).toList();
    }

    @Override
    public List<SubjectView> subjects() {
        return views.subjects();
    }

    @Override
    public List<GrantView> grants() {
        return policy().grants().stream()
                .filter(grant -> clock.now().isBefore(grant.until()))
                .sorted(Comparator.comparing(Grant::until))
                .map(views::of)
                .toList();
    }

    @Override
    public List<RuleView> rules() {
        return new RuleViews(policy()).rules();
    }

    @Override
    public List<RuleView> rule(String id) {
        return new RuleViews(policy()).rule(id);
    }

    @Override
    public List<AttachmentView> attachments() {
        return new RuleViews(policy()).attachments();
    }

    /** What explanations say beyond the rules from now on. */
    public void foresee(Foresight services) {
        foresight = services;
    }

    @Override
    public Explanation explain(ExplainRequest request) {
        InetAddress there = live.of(request.subject()).stream()
                .filter(session -> session.origin() != Session.Origin.CREDENTIALS)
                .min(Comparator.<Session>comparingInt(
                                session -> session.terminal().getAddress().length)
                        .thenComparing(session -> Addresses.text(session.terminal())))
                .map(Session::terminal)
                .orElse(null);
        var explainer = new Explainer(
                rules.snapshot(),
                config.get().usualTerminals(),
                terminal -> Optional.ofNullable(table.at(terminal).session()),
                names,
                foresight,
                people::isLocked);
        return explainer.explain(request, there, clock.now());
    }

    @Override
    public List<Watch> watch() {
        return watching.get();
    }

    /** Whom to ask who looks as if they were trying to get round what is allowed; before there is one, nobody does. */
    public void watchBy(Supplier<List<Watch>> watching) {
        this.watching = watching;
    }

    @Override
    public CompletionStage<GrantView> grant(GrantRequest request) {
        return grants.grant(request);
    }

    @Override
    public CompletionStage<GrantView> revoke(String id, String by) {
        return grants.revoke(id, by);
    }

    @Override
    public CompletionStage<SessionView> logIn(String subject, String terminal, String by) {
        return presence.logIn(subject, terminal, by);
    }

    @Override
    public CompletionStage<Boolean> logOut(String terminal, String by) {
        return presence.logOut(terminal, by);
    }

    @Override
    public CompletionStage<SessionView> end(String session, String by) {
        return presence.end(session, by);
    }

    @Override
    public CompletionStage<SessionView> extend(String session, Duration longer, String by) {
        return presence.extend(session, longer, by);
    }

    @Override
    public CompletionStage<SubjectView> addSubject(NewSubject subject, String by) {
        return people.add(subject, by);
    }

    @Override
    public CompletionStage<SubjectView> removeSubject(String subject, String by) {
        return people.remove(subject, by);
    }

    @Override
    public CompletionStage<SubjectView> setPassword(String subject, @Nullable String password, String by) {
        return people.setPassword(subject, password, by);
    }

    @Override
    public CompletionStage<SubjectView> addKey(String subject, String line, String by) {
        return people.addKey(subject, line, by);
    }

    @Override
    public CompletionStage<SubjectView> removeKey(String subject, String key, String by) {
        return people.removeKey(subject, key, by);
    }

    @Override
    public CompletionStage<SubjectView> lock(String subject, String reason, String by) {
        return people.lock(subject, reason, by);
    }

    @Override
    public CompletionStage<SubjectView> unlock(String subject, String by) {
        return people.unlock(subject, by);
    }

    @Override
    public List<SlowedView> slowed() {
        List<SlowedView> slowed = new ArrayList<>(accounts.slowed("subject"));
        slowed.addAll(operators.slowed("operator"));
        slowed.sort(Comparator.comparingLong(SlowedView::waitSeconds).reversed());
        return slowed;
    }

    @Override
    public CompletionStage<Boolean> forgive(String typed, String by) {
        String who = typed.strip();
        return desk.submit(() -> {
            boolean any = slowed().stream().anyMatch(slowed -> slowed.who().equals(who));
            var event = new Event(clock.now(), Layer.CONSOLE, null, "forgive", who, null, "by " + by, 0);
            return new Plan<>(
                    Set.of(),
                    any ? List.of(event) : List.of(),
                    List.of(),
                    List.of(),
                    () -> {
                        boolean subject = accounts.forgive(who);
                        return operators.forgive(who) || subject;
                    },
                    false);
        });
    }

    @Override
    public List<DenialView> denialsAt(String terminal) {
        return views.of(denials.at(Names.terminal(policy(), terminal)));
    }

    @Override
    public List<DenialView> denialsOf(String subject) {
        return views.of(denials.of(Names.subject(policy(), subject).name()));
    }

    @Override
    public CompletionStage<Boolean> checkOperator(String name, String password, String from) {
        return operators.check(name, password, from, false).thenApply(outcome -> outcome == Accounts.Outcome.HOLDS);
    }
}
