package kwangmyong.access.policy;

import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/** The one pure function of the lab: an access and the rules in force make a decision. {@link kwangmyong.kernel.policy.Policy} says how. */
public final class Decisions {
    private static final String CAPTIVE_PORTAL = "captive-portal";
    private static final Presentation OVER_TCP = new Presentation.Truncated(Presentation.AsAsked.AS_ASKED);

    private Decisions() {}

    /** Decides. Never throws, whatever is asked, and costs no more the more rules there are. */
    public static Decision decide(PolicySnapshot snapshot, Access access) {
        Situation situation = Situation.of(snapshot, access);
        Resource resource = access.resource();
        Action action = access.action();
        if (action == Action.RESOLVE || action == Action.FETCH || action == Action.TUNNEL) {
            return byName(situation, true);
        } else if (situation.attachment() == null) {
            return situation.deny(Reason.UNKNOWN_TERMINAL);
        } else if (action == Action.LOG_IN && resource instanceof Resource.ServiceName) {
            return logIn(situation);
        } else if (resource instanceof Resource.Mailbox mailbox && action == Action.SEND) {
            return MailDecisions.send(situation, mailbox.address());
        } else if (resource instanceof Resource.Mailbox mailbox && action == Action.READ) {
            return MailDecisions.read(situation, mailbox.address());
        }
        return byName(situation, false);
    }

    /** A denial that no rule has a say in: for log-ins that fail before anybody is somebody. */
    public static Decision refuse(PolicySnapshot snapshot, Access access, Reason reason) {
        return Situation.of(snapshot, access).deny(reason);
    }

    /** As {@link #refuse(PolicySnapshot, Access, Reason)}, of what is no rule of the policy's, such as a quota. */
    public static Decision refuse(PolicySnapshot snapshot, Access access, String rule, Reason reason) {
        return Situation.of(snapshot, access).deny(rule, reason, null);
    }

    private static Decision toPortal(Situation situation) {
        Access access = situation.access();
        Captive captive = situation.snapshot().policy().captive();
        boolean itself = access.resource().name().equals(captive.portalHost());
        return situation.allow(
                CAPTIVE_PORTAL,
                Reason.CAPTIVE,
                null,
                itself || access.action() != Action.RESOLVE
                        ? Presentation.AsAsked.AS_ASKED
                        : new Presentation.Sinkhole(captive.addresses()));
    }

    private static Decision logIn(Situation situation) {
        String service = situation.access().resource().name();
        if (situation.subject() == null) {
            return situation.deny(Reason.NOT_LOGGED_IN);
        } else if (service.equals(Layer.MAIL.word())) {
            return MailDecisions.logIn(situation);
        } else if (service.equals(Layer.PORTAL.word()) || service.equals(Layer.GATEWAY.word())) {
            return situation.allow(service + "-service", Reason.LOGGED_IN, null);
        }
        return situation.deny(Reason.NO_RULE);
    }

    /** @param maybeToPortal whether some names lead to the portal */
    private static Decision byName(Situation situation, boolean maybeToPortal) {
        String name = situation.access().resource().name();
        NameIndex index = situation.snapshot().index();
        Node deepest = index.find(name);
        Attachment attachment = situation.attachment();
        if (maybeToPortal && deepest.captive && deepest.length == name.length()) {
            return toPortal(situation);
        } else if (attachment == null) {
            return situation.deny(Reason.UNKNOWN_TERMINAL);
        }
        Question question = question(situation, attachment);
        index.ask(deepest, name, question);
        CompiledRule decider = question.decider();
        Layer layer = situation.access().layer();
        if (decider == null) {
            return undecided(situation, question.shortfall(), question.shortOf());
        } else if (decider.forbids) {
            return situation.deny(decider.id, Reason.FORBIDDEN, null, decider.denial(situation.denials(), layer));
        }
        return situation.allow(decider.id, Reason.RULE, decider.needed, permitted(decider, situation.access()));
    }

    /** How what a rule allows is served. */
    private static Presentation permitted(CompiledRule rule, Access access) {
        if (rule.overTcpOnly && access.layer() == Layer.DNS && access.action() == Action.RESOLVE) {
            return OVER_TCP;
        }
        return rule.intercepted && access.layer() == Layer.GATEWAY && access.action() == Action.TUNNEL
                ? Presentation.AsAsked.INTERCEPTED
                : Presentation.AsAsked.AS_ASKED;
    }

    private static Question question(Situation situation, Attachment attachment) {
        Clearance held = situation.held();
        Subject subject = situation.subject();
        return new Question(
                subject == null ? null : subject.name(),
                attachment.name(),
                held == null ? Clearance.NONE : held,
                CompiledRule.bit(situation.access().action()),
                situation.access().when(),
                situation.access().resource() instanceof Resource.Flow flow ? flow : null);
    }

    private static Decision undecided(Situation situation, @Nullable CompiledRule shortfall, Reason reason) {
        if (situation.subject() == null) {
            return situation.deny(Reason.NOT_LOGGED_IN);
        } else if (shortfall == null) {
            return situation.deny(Reason.NO_RULE);
        }
        Presentation presentation =
                shortfall.denial(situation.denials(), situation.access().layer());
        return situation.deny(shortfall.id, reason, shortfall.needed, presentation);
    }
}
