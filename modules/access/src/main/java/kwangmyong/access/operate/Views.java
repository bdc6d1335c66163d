package kwangmyong.access.operate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.access.account.Keys;
import kwangmyong.access.account.Passwords;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.KeyView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.LockView;
import kwangmyong.access.api.MinutesView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.explain.Explainer;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.Limits;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.MinutesLedger;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/** Sessions, subjects, grants and denials in words, as they are now. */
public final class Views {
    private final RulesInForce inForce;
    private final LiveSessions live;
    private final CredentialSessions credentials;
    private final MinutesLedger minutes;
    private final Passwords passwords;
    private final Keys keys;
    private final Store store;
    private final LabClock clock;

    public Views(
            RulesInForce inForce,
            LiveSessions live,
            CredentialSessions credentials,
            MinutesLedger minutes,
            Passwords passwords,
            Keys keys,
            Store store,
            LabClock clock) {
        this.inForce = inForce;
        this.live = live;
        this.credentials = credentials;
        this.minutes = minutes;
        this.passwords = passwords;
        this.keys = keys;
        this.store = store;
        this.clock = clock;
    }

    private PolicySnapshot rules() {
        return inForce.snapshot();
    }

    private Lattice lattice() {
        return rules().policy().lattice();
    }

    public SessionView of(Session session) {
        PolicySnapshot rules = rules();
        Instant now = clock.now();
        Subject subject = rules.subject(session.subject());
        Attachment attachment = rules.attachmentOf(session.terminal());
        Clearance held = subject == null || attachment == null ? null : rules.held(subject, attachment, now);
        Instant until = session.until();
        return new SessionView(
                session.id(),
                session.subject(),
                Addresses.text(session.terminal()),
                attachment == null ? null : attachment.name(),
                session.origin().name().toLowerCase(Locale.ROOT),
                credentials.layers(session.id()).stream()
                        .map(Layer::word)
                        .sorted()
                        .toList(),
                session.since(),
                until,
                until == null ? null : Objects.requireNonNullElse(live.endsBy(session.id()), Limits.EXPIRY),
                until == null ? null : Math.max(0, Duration.between(now, until).toSeconds()),
                held == null ? null : lattice().show(held));
    }

    /** Everybody, in order. */
    List<SubjectView> subjects() {
        Set<String> added = inForce.added().stream().map(Subject::name).collect(Collectors.toSet());
        Map<String, List<KeyView>> all = keys.views();
        return rules().policy().subjects().stream()
                .map(subject ->
                        of(subject, added.contains(subject.name()), all.getOrDefault(subject.name(), List.of())))
                .toList();
    }

    /** One who was there a moment ago. */
    public SubjectView subject(String name) {
        Subject subject = rules().subject(name);
        if (subject == null) {
            throw new OperationException(name + " has just been removed");
        }
        boolean added = inForce.added().stream().anyMatch(one -> one.name().equals(name));
        return of(subject, added, keys.views(name));
    }

    private SubjectView of(Subject subject, boolean added, List<KeyView> shown) {
        return new SubjectView(
                subject.name(),
                subject.description(),
                lattice().show(subject.clearance()),
                subject.seats().stream().map(Addresses::text).sorted().toList(),
                subject.mailbox(),
                live.of(subject.name()).stream()
                        .map(session -> Addresses.text(session.terminal()))
                        .distinct()
                        .sorted()
                        .toList(),
                added,
                passwords.has(subject.name()),
                shown,
                store.find(Kept.Lock.class, Kept.Whose.SUBJECT.id(subject.name()))
                        .map(lock -> new LockView(lock.reason(), lock.since(), lock.by()))
                        .orElse(null),
                minutesOf(subject.name()));
    }

    private List<MinutesView> minutesOf(String subject) {
        Instant now = clock.now();
        return minutes.of(subject).stream()
                .map(quota -> {
                    long limit = quota.each().toSeconds();
                    long used = minutes.used(quota, subject, now).toSeconds();
                    return new MinutesView(
                            quota.id(),
                            quota.attachments().stream().sorted().toList(),
                            limit,
                            used,
                            Math.max(0, limit - used));
                })
                .toList();
    }

    public GrantView of(Grant grant) {
        return new GrantView(
                grant.id(),
                grant.subject(),
                lattice().show(grant.added()),
                grant.from(),
                grant.until(),
                grant.reason(),
                grant.by());
    }

    public List<DenialView> of(List<RecentDenials.Denial> denials) {
        return denials.stream().flatMap(denial -> of(denial).stream()).toList();
    }

    private Optional<DenialView> of(RecentDenials.Denial denial) {
        Event event = denial.event();
        Identity who = event.who();
        Decision decision = event.decision();
        if (who == null || decision == null) {
            return Optional.empty();
        }
        LayerDecision shown = Explainer.show(
                rules().policy(),
                event.service().word(),
                event.action(),
                event.resource().toString(),
                decision);
        return Optional.of(
                new DenialView(event.time(), who.subject(), Addresses.text(who.terminal()), shown, denial.count()));
    }
}
