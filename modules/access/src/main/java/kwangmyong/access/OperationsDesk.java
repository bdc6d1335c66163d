package kwangmyong.access;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.api.Status;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.api.Watch;
import kwangmyong.access.explain.Explainer;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** The operations, on the rules in force and the live table. */
final class OperationsDesk implements Operations {
    /** Ids have six characters behind their g. */
    private static final long ID_SPACE = 36L * 36 * 36 * 36 * 36;

    private final SecureRandom random = new SecureRandom();
    private final Grants grants;
    private final Seating seating;
    private final SessionTable sessions;
    private final Accounts operators;
    private final RecentDenials denials;
    private final Supplier<AccessConfig> config;
    private final NameData names;
    private final LabClock clock;
    private final Journal journal;
    private final Desk desk;
    private volatile Foresight foresight = Foresight.NONE;
    private volatile Supplier<List<Watch>> watching = List::of;

    OperationsDesk(
            Grants grants,
            Seating seating,
            SessionTable sessions,
            Accounts operators,
            RecentDenials denials,
            Supplier<AccessConfig> config,
            NameData names,
            LabClock clock,
            Journal journal,
            Desk desk) {
        this.grants = grants;
        this.seating = seating;
        this.sessions = sessions;
        this.operators = operators;
        this.denials = denials;
        this.config = config;
        this.names = names;
        this.clock = clock;
        this.journal = journal;
        this.desk = desk;
    }

    private PolicySnapshot current() {
        return grants.snapshot();
    }

    private Policy policy() {
        return current().policy();
    }

    @Override
    public Status status() {
        PolicySnapshot rules = current();
        Policy policy = rules.policy();
        return new Status(
                rules.hash(),
                clock.now(),
                policy.subjects().size(),
                policy.rules().size(),
                policy.attachments().size(),
                seating.all().size(),
                policy.grants().size());
    }

    @Override
    public List<SessionView> sessions() {
        Views views = views();
        Instant now = clock.now();
        return seating.all().stream().map(session -> views.of(session, now)).toList();
    }

    @Override
    public List<SubjectView> subjects() {
        Views views = views();
        List<Session> present = seating.all();
        return policy().subjects().stream()
                .map(subject -> views.of(subject, present))
                .toList();
    }

    @Override
    public List<GrantView> grants() {
        Views views = views();
        Instant now = clock.now();
        return policy().grants().stream()
                .filter(grant -> now.isBefore(grant.until()))
                .sorted(Comparator.comparing(Grant::until))
                .map(views::of)
                .toList();
    }

    /** What explanations say beyond the rules from now on. */
    void foresee(Foresight services) {
        foresight = services;
    }

    private Views views() {
        return new Views(current());
    }

    @Override
    public Explanation explain(ExplainRequest request) {
        InetAddress there = seating.all().stream()
                .filter(session -> session.subject().equals(request.subject()))
                .min(Comparator.<Session>comparingInt(
                                session -> session.terminal().getAddress().length)
                        .thenComparing(session -> Addresses.text(session.terminal())))
                .map(Session::terminal)
                .orElse(null);
        var explainer = new Explainer(
                current(),
                config.get().usualTerminals(),
                terminal -> Optional.ofNullable(sessions.at(terminal).session()),
                names,
                foresight);
        return explainer.explain(request, there, clock.now());
    }

    @Override
    public CompletionStage<GrantView> grant(GrantRequest request) {
        return checked(() -> {
            Subject subject = Names.subject(policy(), request.subject());
            if (request.lasting().isNegative()
                    || request.lasting().isZero()
                    || request.lasting().compareTo(GrantRequest.LONGEST) > 0) {
                throw new OperationException("a grant of " + request.lasting() + " (expected: more than zero, at most "
                        + GrantRequest.LONGEST.toDays() + " days)");
            }
            Clearance added = clearance(request.words());
            return desk.submit(() -> {
                Instant now = KeptForms.kept(clock.now());
                Grant grant = new Grant(
                        freshGrantId(),
                        subject.name(),
                        added,
                        now,
                        now.plus(request.lasting()),
                        request.reason(),
                        request.by());
                desk.force(event(
                        "grant",
                        subject.name(),
                        policy().lattice().show(added) + " until " + grant.until() + " by " + request.by()
                                + (request.reason().isEmpty() ? "" : ": " + request.reason())));
                grants.add(grant);
                desk.saveAndTell();
                return views().of(grant);
            });
        });
    }

    /** Short enough to be typed, and not one that was given before, so that the journal stays clear. */
    private String freshGrantId() {
        return "g" + Long.toString(ID_SPACE + random.nextLong(ID_SPACE), Character.MAX_RADIX);
    }

    private Clearance clearance(String words) {
        try {
            return policy().lattice().clearance(words);
        } catch (IllegalArgumentException unknownWord) {
            throw new OperationException(String.valueOf(unknownWord.getMessage()));
        }
    }

    @Override
    public CompletionStage<GrantView> revoke(String id, String by) {
        return desk.submit(() -> {
            Grant grant = given(id.strip());
            desk.force(event("revoke", grant.subject(), grant.id() + " by " + by));
            grants.remove(grant);
            desk.saveAndTell();
            return views().of(grant);
        });
    }

    private Grant given(String id) {
        List<Grant> found = grants.given().stream()
                .filter(grant -> grant.id().equals(id) || grant.subject().equals(id))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        } else if (grants.isDeclared(id)) {
            throw OperationException.conflict("grant " + id + " is declared in the configuration; take it out there");
        } else if (found.isEmpty()) {
            throw OperationException.missing("there is no grant '" + id + "'"
                    + Names.nearest(id, grants.given().stream().map(Grant::id).toList()));
        }
        throw OperationException.conflict(id + " has " + found.size() + " grants: "
                + String.join(", ", found.stream().map(Grant::id).toList()));
    }

    /** On the desk: ends the grants whose time is over; tells whether there were any. */
    boolean endGrants() {
        List<Grant> over = grants.over();
        for (Grant grant : over) {
            grants.remove(grant);
            journal.record(event("grant-end", grant.subject(), grant.id()));
        }
        return !over.isEmpty();
    }

    @Override
    public CompletionStage<SessionView> logIn(String subjectName, String terminalText, String by) {
        return checked(() -> {
            Subject subject = Names.subject(policy(), subjectName);
            InetAddress terminal = Names.terminal(policy(), terminalText);
            return desk.submit(() -> {
                Attachment attachment = current().attachmentOf(terminal);
                if (attachment == null) {
                    throw new OperationException(Addresses.text(terminal) + " belongs to no attachment");
                } else if (sessions.isSomebodyElses(terminal, subject.name())) {
                    throw OperationException.conflict(occupied(terminal, subject.name()));
                }
                Session session = sessions.fresh(subject.name(), terminal);
                Event event = sessions.event(sessions.identity(terminal, session), Layer.CONSOLE, "log-in", "by " + by);
                Session seated = sessions.take(session, event).session();
                return views().of(seated == null ? session : seated, clock.now());
            });
        });
    }

    private String occupied(InetAddress terminal, String subject) {
        String owner = current().ownerOf(terminal);
        Session there = sessions.at(terminal).session();
        if (there == null || (owner != null && !owner.equals(subject))) {
            return Addresses.text(terminal) + " is the seat of " + owner;
        }
        return there.subject() + " is logged in at " + Addresses.text(terminal) + "; log them out first";
    }

    @Override
    public CompletionStage<Boolean> logOut(String terminal, String by) {
        return checked(() -> sessions.logOut(Names.terminal(policy(), terminal), Layer.CONSOLE, by)
                .toCompletableFuture());
    }

    @Override
    public List<DenialView> denialsAt(String terminal) {
        return views().of(denials.at(Names.terminal(policy(), terminal)));
    }

    @Override
    public List<DenialView> denialsOf(String subject) {
        return views().of(denials.of(Names.subject(policy(), subject).name()));
    }

    @Override
    public List<Watch> watch() {
        return watching.get();
    }

    /** Whom to ask who looks as if they were trying to get round what is allowed; before there is one, nobody does. */
    void watchBy(Supplier<List<Watch>> watching) {
        this.watching = watching;
    }

    @Override
    public CompletionStage<Boolean> checkOperator(String name, String password, String from) {
        return operators.check(name, password, from, false).thenApply(outcome -> outcome == Accounts.Outcome.HOLDS);
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

    @Override
    public CompletionStage<SessionView> end(String session, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SessionView> extend(String session, Duration longer, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> addSubject(NewSubject subject, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> removeSubject(String subject, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> setPassword(String subject, @Nullable String password, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> addKey(String subject, String line, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> removeKey(String subject, String key, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> lock(String subject, String reason, String by) {
        return notYet();
    }

    @Override
    public CompletionStage<SubjectView> unlock(String subject, String by) {
        return notYet();
    }

    @Override
    public List<SlowedView> slowed() {
        return List.of();
    }

    @Override
    public CompletionStage<Boolean> forgive(String who, String by) {
        return CompletableFuture.completedFuture(false);
    }

    private static <T> CompletionStage<T> notYet() {
        return CompletableFuture.failedFuture(new OperationException("this cannot be done yet"));
    }

    private Event event(String action, String resource, String detail) {
        return new Event(clock.now(), Layer.CONSOLE, null, action, resource, null, detail, 0);
    }

    /** What is wrong with a request fails the stage, as everything else does. */
    private static <T> CompletionStage<T> checked(Supplier<CompletableFuture<T>> change) {
        try {
            return change.get();
        } catch (OperationException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }
}
