package kwangmyong.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Decides by reading the declared policy from its first rule to its last, as its Javadoc tells it: slow, plain, and written without sight of
 * the access controller's index, so that the two keep each other honest. The hash of the policy is the one thing that it does not know.
 */
public final class NaiveEvaluator {
    /** What stands where a decision names the hash of its policy. */
    public static final String NO_HASH = "0000000000000000";

    private final Policy policy;

    public NaiveEvaluator(Policy policy) {
        this.policy = policy;
    }

    /** A decision with the hash of its policy taken out, to compare with one of this evaluator's. */
    public static Decision comparable(Decision decision) {
        return new Decision(
                decision.verdict(),
                decision.rule(),
                decision.reason(),
                decision.needed(),
                decision.held(),
                decision.presentation(),
                NO_HASH);
    }

    /** What {@link Policy} says of an access. */
    public Decision decide(Access access) {
        Action action = access.action();
        Resource resource = access.resource();
        Optional<Attachment> place = place(access);
        Optional<Subject> subject = subject(access);
        Clearance held = place.isPresent() && subject.isPresent() ? held(subject.get(), place.get(), access) : null;
        boolean byName = action == Action.RESOLVE || action == Action.FETCH || action == Action.TUNNEL;
        if (byName && policy.captive().leadsToPortal(resource.name())) {
            return captive(access, held);
        }
        if (place.isEmpty()) {
            return deny(access, null, Decision.NO_RULE, Reason.UNKNOWN_TERMINAL, null, null);
        }
        if (action == Action.LOG_IN && resource instanceof Resource.ServiceName) {
            return subject.isEmpty() ? notLoggedIn(access, place.get()) : logIn(access, subject.get(), held(held));
        }
        if ((action == Action.READ || action == Action.SEND) && resource instanceof Resource.Mailbox mailbox) {
            if (subject.isEmpty()) {
                return notLoggedIn(access, place.get());
            }
            return action == Action.READ
                    ? read(access, subject.get(), held(held), mailbox)
                    : send(access, subject.get(), held(held), mailbox);
        }
        return subject.isEmpty()
                ? nobody(access, place.get())
                : byRules(access, subject.get(), place.get(), held(held));
    }

    private static Clearance held(@Nullable Clearance held) {
        if (held == null) {
            throw new IllegalStateException("a subject who holds nothing, not even the lowest level");
        }
        return held;
    }

    private Decision captive(Access access, @Nullable Clearance held) {
        boolean connectivity =
                policy.captive().connectivityNames().contains(access.resource().name());
        Presentation presentation = connectivity && access.action() == Action.RESOLVE
                ? new Presentation.Sinkhole(policy.captive().addresses())
                : Presentation.AsAsked.AS_ASKED;
        return new Decision(Verdict.ALLOW, "captive-portal", Reason.CAPTIVE, null, held, presentation, NO_HASH);
    }

    private Optional<Attachment> place(Access access) {
        Attachment said = access.who().attachment();
        return policy.attachments().stream()
                .filter(declared -> said != null && declared.name().equals(said.name()))
                .findFirst();
    }

    private Optional<Subject> subject(Access access) {
        return policy.subjects().stream()
                .filter(declared -> declared.name().equals(access.who().subject()))
                .findFirst();
    }

    private Clearance held(Subject subject, Attachment place, Access access) {
        Clearance sum = subject.clearance();
        for (Grant grant : policy.grants()) {
            if (grant.subject().equals(subject.name()) && grant.standsAt(access.when())) {
                sum = sum.join(grant.added());
            }
        }
        return sum.under(place.ceiling());
    }

    private Decision logIn(Access access, Subject subject, Clearance held) {
        String service = access.resource().name();
        if (service.equals("portal") || service.equals("gateway")) {
            return allow(service + "-service", Reason.LOGGED_IN, null, held);
        }
        if (!service.equals("mail")) {
            return deny(access, null, Decision.NO_RULE, Reason.NO_RULE, null, held);
        }
        Classification needed = policy.mail().needed();
        if (!held.dominates(needed)) {
            return deny(access, null, "mail-service", Reason.CLEARANCE, needed, held);
        }
        if (subject.mailbox() == null) {
            return deny(access, null, "mail-service", Reason.NO_MAILBOX, needed, held);
        }
        return allow("mail-service", Reason.LOGGED_IN, needed, held);
    }

    private Decision read(Access access, Subject subject, Clearance held, Resource.Mailbox mailbox) {
        Classification needed = policy.mail().needed();
        if (!mailbox.address().equals(subject.mailbox())) {
            return deny(access, null, "mail-own", Reason.NOT_OWNER, needed, held);
        }
        if (!held.dominates(needed)) {
            return deny(access, null, "mail-own", Reason.CLEARANCE, needed, held);
        }
        return allow("mail-own", Reason.OWN_MAILBOX, needed, held);
    }

    private Decision send(Access access, Subject sender, Clearance held, Resource.Mailbox mailbox) {
        MailPolicy mail = policy.mail();
        if (!held.dominates(mail.needed())) {
            return deny(access, null, "mail-service", Reason.CLEARANCE, mail.needed(), held);
        }
        if (!mail.domains().contains(mailbox.name())) {
            return deny(access, null, "mail-inside", Reason.NOT_LOCAL, mail.needed(), held);
        }
        Optional<Subject> recipient = policy.subjects().stream()
                .filter(one -> mailbox.address().equals(one.mailbox()))
                .findFirst();
        if (recipient.isEmpty()) {
            return deny(access, null, "mail-inside", Reason.NO_MAILBOX, mail.needed(), held);
        }
        return switch (mail.writing()) {
            case OPEN -> allow("mail-open", Reason.CORRESPONDENT, mail.needed(), held);
            case PAIRS ->
                mail.arePaired(sender.name(), recipient.get().name())
                        ? allow("mail-pairs", Reason.CORRESPONDENT, mail.needed(), held)
                        : deny(access, null, "mail-pairs", Reason.NOT_PAIRED, mail.needed(), held);
            case LATTICE ->
                recipient.get().clearance().dominates(held)
                        ? allow("mail-lattice", Reason.CORRESPONDENT, mail.needed(), held)
                        : deny(access, null, "mail-lattice", Reason.WRITE_DOWN, mail.needed(), held);
        };
    }

    private Decision byRules(Access access, Subject subject, Attachment place, Clearance held) {
        Rule fellShort = null;
        Reason why = Reason.NO_RULE;
        for (Rule rule : thatSpeakOf(access)) {
            Reason lacking = fallsShort(rule, access, subject, place, held);
            if (rule.effect() == Rule.Effect.DENY) {
                if (lacking == null) {
                    return deny(access, rule, rule.id(), Reason.FORBIDDEN, null, held);
                }
            } else if (lacking == null) {
                return allow(access, rule, held);
            } else if (fellShort == null) {
                fellShort = rule;
                why = lacking;
            }
        }
        return fellShort == null
                ? deny(access, null, Decision.NO_RULE, Reason.NO_RULE, null, held)
                : deny(access, fellShort, fellShort.id(), why, fellShort.needed(), held);
    }

    private static @Nullable Reason fallsShort(
            Rule rule, Access access, Subject subject, Attachment place, Clearance held) {
        if (!rule.subjects().isEmpty() && !rule.subjects().contains(subject.name())) {
            return Reason.WRONG_SUBJECT;
        }
        if (!rule.attachments().isEmpty() && !rule.attachments().contains(place.name())) {
            return Reason.WRONG_PLACE;
        }
        if (rule.hours() != null && !rule.hours().contains(access.when())) {
            return Reason.WRONG_HOUR;
        }
        boolean permission = rule.effect() == Rule.Effect.ALLOW;
        return permission && !held.dominates(rule.needed()) ? Reason.CLEARANCE : null;
    }

    private Decision nobody(Access access, Attachment place) {
        for (Rule rule : thatSpeakOf(access)) {
            boolean holds = rule.withoutLogIn()
                    && rule.subjects().isEmpty()
                    && (rule.attachments().isEmpty() || rule.attachments().contains(place.name()))
                    && (rule.hours() == null || rule.hours().contains(access.when()));
            if (holds && rule.effect() == Rule.Effect.DENY) {
                return deny(access, rule, rule.id(), Reason.FORBIDDEN, null, null);
            }
            if (holds && Clearance.NONE.dominates(rule.needed())) {
                return allow(access, rule, null);
            }
        }
        return notLoggedIn(access, place);
    }

    private Decision notLoggedIn(Access access, Attachment place) {
        Decision plain = deny(access, null, Decision.NO_RULE, Reason.NOT_LOGGED_IN, null, null);
        if (access.layer() != Layer.GATEWAY || place.logIn() != Attachment.LogIn.PORTAL) {
            return plain;
        }
        return new Decision(
                Verdict.DENY, plain.rule(), plain.reason(), null, null, Presentation.Http.LOG_IN_NEEDED, NO_HASH);
    }

    private record Speaking(Rule rule, NamePattern name) {}

    /** The rules that speak of an access, in the order in which they are asked. */
    private List<Rule> thatSpeakOf(Access access) {
        List<Speaking> speaking = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            boolean ofAction = rule.actions().isEmpty()
                    ? access.action() != Action.TRANSFER && access.action() != Action.FLOW
                    : rule.actions().contains(access.action());
            boolean ofPort = rule.ports().isEmpty()
                    || (access.resource() instanceof Resource.Flow flow
                            && rule.ports().stream().anyMatch(ports -> holds(ports, flow)));
            rule.names().stream()
                    .filter(name -> NaiveNames.covers(name, access.resource().name()))
                    .min(NaiveNames.MOST_SPECIFIC_FIRST)
                    .filter(name -> ofAction && ofPort)
                    .ifPresent(name -> speaking.add(new Speaking(rule, name)));
        }
        // The sort is stable: what it takes for equals keeps the order of writing.
        speaking.sort(Comparator.comparing(Speaking::name, NaiveNames.MOST_SPECIFIC_FIRST)
                .thenComparing(one -> one.rule().effect() == Rule.Effect.DENY ? 0 : 1));
        return speaking.stream().map(Speaking::rule).toList();
    }

    private static boolean holds(Ports ports, Resource.Flow flow) {
        boolean sameProtocol = ports.protocol() == null || ports.protocol().equals(flow.protocol());
        return sameProtocol && ports.first() <= flow.port() && flow.port() <= ports.last();
    }

    private static Decision allow(Access access, Rule rule, @Nullable Clearance held) {
        boolean truncated = rule.overTcpOnly() && access.action() == Action.RESOLVE && access.layer() == Layer.DNS;
        boolean opened = rule.intercepted() && access.action() == Action.TUNNEL && access.layer() == Layer.GATEWAY;
        Presentation asAsked = opened ? Presentation.AsAsked.INTERCEPTED : Presentation.AsAsked.AS_ASKED;
        return new Decision(
                Verdict.ALLOW,
                rule.id(),
                Reason.RULE,
                rule.needed(),
                held,
                truncated ? new Presentation.Truncated(asAsked) : asAsked,
                NO_HASH);
    }

    private static Decision allow(
            String rule, Reason reason, @Nullable Classification needed, @Nullable Clearance held) {
        return new Decision(Verdict.ALLOW, rule, reason, needed, held, Presentation.AsAsked.AS_ASKED, NO_HASH);
    }

    private Decision deny(
            Access access,
            @Nullable Rule decidedBy,
            String id,
            Reason reason,
            @Nullable Classification needed,
            @Nullable Clearance held) {
        Denials usual = place(access).map(Attachment::denial).orElse(policy.denials());
        Denials denials = decidedBy == null ? usual : decidedBy.denialOr(usual);
        Presentation presentation = NaiveLook.of(access, decidedBy, reason, denials);
        return new Decision(Verdict.DENY, id, reason, needed, held, presentation, NO_HASH);
    }
}
