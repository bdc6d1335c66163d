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
            Attachment attachment = snapshot.current(access.who());
            Clearance held = attachment == null ? null : snapshot.held(access.who(), attachment, access.when());
            long found = snapshot.index().find(resource.name());
            Decision first =
                    attachment == null || held == null ? null : byFirstRule(snapshot, access, attachment, held, found);
            return first == null ? byName(Situation.of(snapshot, access), found, true) : first;
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
    private static @Nullable Decision byFirstRule(
            PolicySnapshot snapshot, Access access, Attachment attachment, Clearance held, long found) {
        String name = access.resource().name();
        TailTable tails = snapshot.index().tails();
        Terms terms = tails.first(found, name);
        if (TailTable.isCaptive(found, name)) {
            return null;
        } else if (terms == null) {
            return snapshot.index().coversNothing(found, name) ? uncovered(snapshot, access, attachment, held) : null;
        } else if (!terms.speakOf(Terms.bit(access.action()))
                || !terms.areOfEveryPort()
                || terms.fault(access.who().subject(), attachment.name(), held, access.when()) != null) {
            return null;
        }
        String id = tails.firstId(found);
        if (terms.forbids()) {
            Presentation denial = terms.denial(denials(snapshot, attachment), access.layer());
            return new Decision(Verdict.DENY, id, Reason.FORBIDDEN, null, held, denial, snapshot.hash());
        }
        Presentation permitted = permitted(terms, access);
        return new Decision(Verdict.ALLOW, id, Reason.RULE, terms.needed(), held, permitted, snapshot.hash());
    }

    private static Decision uncovered(PolicySnapshot snapshot, Access access, Attachment attachment, Clearance held) {
        Presentation usual = Terms.look(denials(snapshot, attachment), access.layer());
        return new Decision(Verdict.DENY, Decision.NO_RULE, Reason.NO_RULE, null, held, usual, snapshot.hash());
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
    private static Decision byName(Situation situation, long found, boolean maybeToPortal) {
        String name = situation.access().resource().name();
        NameIndex index = situation.snapshot().index();
        Attachment attachment = situation.attachment();
        if (maybeToPortal && TailTable.isCaptive(found, name)) {
            return toPortal(situation);
        } else if (attachment == null) {
            return situation.deny(Reason.UNKNOWN_TERMINAL);
        } else if (index.coversNothing(found, name)) {
            return situation.deny(situation.subject() == null ? Reason.NOT_LOGGED_IN : Reason.NO_RULE);
        }
        Question question = question(situation, attachment);
        index.ask(found, name, question);
        CompiledRule decider = question.decider();
        Layer layer = situation.access().layer();
        if (decider == null) {
            return undecided(situation, question.shortfall(), question.shortOf());
        }
        Terms terms = decider.terms();
        if (terms.forbids()) {
            return situation.deny(decider.id(), Reason.FORBIDDEN, null, terms.denial(situation.denials(), layer));
        }
        return situation.allow(decider.id(), Reason.RULE, terms.needed(), permitted(terms, situation.access()));
    }

    /** How what a rule allows is served. */
    private static Presentation permitted(Terms terms, Access access) {
        if (!terms.overTcpOnly() && !terms.intercepted()) {
            return Presentation.AsAsked.AS_ASKED;
        } else if (terms.overTcpOnly() && access.layer() == Layer.DNS && access.action() == Action.RESOLVE) {
            return OVER_TCP;
        }
        return terms.intercepted() && access.layer() == Layer.GATEWAY && access.action() == Action.TUNNEL
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
                Terms.bit(situation.access().action()),
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
                shortfall.terms().denial(situation.denials(), situation.access().layer());
        return situation.deny(shortfall.id(), reason, shortfall.terms().needed(), presentation);
    }
}
