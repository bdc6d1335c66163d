package kwangmyong.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.explain.Explainer;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/** Sessions, subjects, grants and denials in words, by the rules of one moment. */
record Views(PolicySnapshot rules) {
    private Lattice lattice() {
        return rules.policy().lattice();
    }

    SessionView of(Session session, Instant now) {
        Subject subject = rules.subject(session.subject());
        Attachment attachment = rules.attachmentOf(session.terminal());
        Clearance held = subject == null || attachment == null ? null : rules.held(subject, attachment, now);
        return new SessionView(
                session.id(),
                session.subject(),
                Addresses.text(session.terminal()),
                attachment == null ? null : attachment.name(),
                session.origin().name().toLowerCase(Locale.ROOT),
                List.of(),
                session.since(),
                session.until(),
                session.until() == null ? null : "expiry",
                session.until() == null
                        ? null
                        : Duration.between(now, session.until()).toSeconds(),
                held == null ? null : lattice().show(held));
    }

    /** @param present every session there is */
    SubjectView of(Subject subject, List<Session> present) {
        return new SubjectView(
                subject.name(),
                subject.description(),
                lattice().show(subject.clearance()),
                subject.seats().stream()
                        .map(InetAddress::getHostAddress)
                        .sorted()
                        .toList(),
                subject.mailbox(),
                present.stream()
                        .filter(session -> session.subject().equals(subject.name()))
                        .map(session -> Addresses.text(session.terminal()))
                        .toList(),
                false,
                true,
                List.of(),
                null,
                List.of());
    }

    GrantView of(Grant grant) {
        return new GrantView(
                grant.id(),
                grant.subject(),
                lattice().show(grant.added()),
                grant.from(),
                grant.until(),
                grant.reason(),
                grant.by());
    }

    List<DenialView> of(List<RecentDenials.Denial> denials) {
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
                rules.policy(),
                event.service().word(),
                event.action(),
                event.resource().toString(),
                decision);
        return Optional.of(
                new DenialView(event.time(), who.subject(), Addresses.text(who.terminal()), shown, denial.count()));
    }
}
