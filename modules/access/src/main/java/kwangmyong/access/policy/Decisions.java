package kwangmyong.access.policy;

import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** The one pure function of the lab: an access and the rules in force make a decision. {@link kwangmyong.kernel.policy.Policy} says how. */
public final class Decisions {
    private static final String CAPTIVE_PORTAL = "captive-portal";
    private static final Presentation OVER_TCP = new Presentation.Truncated(Presentation.AsAsked.AS_ASKED);

    private Decisions() {}

    /** Decides. Never throws, whatever is asked, and costs no more the more rules there are. */
    public static Decision decide(PolicySnapshot snapshot, Access access) {
        Resource resource = access.resource();
        Action action = access.action();
        if (action == Action.RESOLVE || action == Action.FETCH || action == Action.TUNNEL) {
            Node deepest = snapshot.index().find(resource.name());
            Decision first = byFirstRule(snapshot, access, deepest);
            return first == null ? byName(Situation.of(snapshot, access), deepest, true) : first;
        }
        Situation situation = Situation.of(snapshot, access);
        if (situation.attachment() == null) {
            return situation.deny(Reason.UNKNOWN_TERMINAL);
        } else if (action == Action.LOG_IN && resource instanceof Resource.ServiceName) {
            return logIn(situation);
        } else if (resource instanceof Resource.Mailbox mailbox && action == Action.SEND) {
            return MailDecisions.send(situation, mailbox.address());
        } else if (resource instanceof Resource.Mailbox mailbox && action == Action.READ) {
            return MailDecisions.read(situation, mailbox.address());
        }
        return byName(situation, snapshot.index().find(resource.name()), false);
    }

    /**
     * What most accesses come to: somebody asks for a name of which one rule comes first, and it decides, or for one that no rule covers. Null
     * where that is not so, which says nothing. It is {@link #byName} without all that the others need, and as that one says.
     */
    private static @Nullable Decision byFirstRule(PolicySnapshot snapshot, Access access, Node deepest) {
        Identity who = access.who();
        Session session = who.session();
        Attachment then = who.attachment();
        boolean isHere = deepest.length == access.resource().name().length();
        CompiledRule rule = isHere ? deepest.firstHere : deepest.firstBelow;
        boolean coversNothing = rule == null
                && snapshot.index().coversNothing(deepest, access.resource().name());
        if ((rule == null && !coversNothing) || session == null || then == null || (isHere && deepest.captive)) {
            return null;
        }
        Attachment now = snapshot.current(then);
        Clearance held = now == null ? null : snapshot.held(session.subject(), now, access.when());
        if (now == null || held == null) {
            return null;
        } else if (rule == null) {
            Presentation usual = CompiledRule.look(denials(snapshot, now), access.layer());
            return new Decision(Verdict.DENY, Decision.NO_RULE, Reason.NO_RULE, null, held, usual, snapshot.hash());
        } else if (!rule.speaksOf(CompiledRule.bit(access.action()))
                || rule.fault(session.subject(), now.name(), held, access.when()) != null) {
            return null;
        }
        return rule.forbids
                ? new Decision(
                        Verdict.DENY,
                        rule.id,
                        Reason.FORBIDDEN,
                        null,
                        held,
                        rule.denial(denials(snapshot, now), access.layer()),
                        snapshot.hash())
                : new Decision(
                        Verdict.ALLOW,
                        rule.id,
                        Reason.RULE,
                        rule.needed,
                        held,
                        permitted(rule, access),
                        snapshot.hash());
    }

    private static Denials denials(PolicySnapshot snapshot, Attachment attachment) {
        return attachment.denial() == null ? snapshot.policy().denials() : attachment.denial();
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
    private static Decision byName(Situation situation, Node deepest, boolean maybeToPortal) {
        String name = situation.access().resource().name();
        NameIndex index = situation.snapshot().index();
        Attachment attachment = situation.attachment();
        if (maybeToPortal && deepest.captive && deepest.length == name.length()) {
            return toPortal(situation);
        } else if (attachment == null) {
            return situation.deny(Reason.UNKNOWN_TERMINAL);
        } else if (index.coversNothing(deepest, name)) {
            return situation.deny(situation.subject() == null ? Reason.NOT_LOGGED_IN : Reason.NO_RULE);
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
        if (!rule.overTcpOnly && !rule.intercepted) {
            return Presentation.AsAsked.AS_ASKED;
        } else if (rule.overTcpOnly && access.layer() == Layer.DNS && access.action() == Action.RESOLVE) {
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
