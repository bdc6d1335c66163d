package kwangmyong.access.explain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.Foresight;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Asks the one function that decides what every layer would ask it, for a subject who is at a terminal, or would be. */
public final class Explainer {
    private static final int TYPICAL_HOST = 11;

    private final PolicySnapshot rules;
    private final Map<String, InetAddress> usualTerminals;
    private final Function<InetAddress, Optional<Session>> present;
    private final NameData names;
    private final Foresight foresight;
    private final Predicate<String> locked;

    /**
     * @param usualTerminals where subjects without a seat are usually found; may be empty
     * @param present who is at a terminal now
     * @param names the aliases on the way from a name, each of which the services decide too
     */
    public Explainer(
            PolicySnapshot rules,
            Map<String, InetAddress> usualTerminals,
            Function<InetAddress, Optional<Session>> present,
            NameData names) {
        this(rules, usualTerminals, present, names, Foresight.NONE, subject -> false);
    }

    /**
     * As the other, with what services say beyond the rules.
     *
     * @param locked who may be nowhere
     */
    public Explainer(
            PolicySnapshot rules,
            Map<String, InetAddress> usualTerminals,
            Function<InetAddress, Optional<Session>> present,
            NameData names,
            Foresight foresight,
            Predicate<String> locked) {
        this.locked = locked;
        this.rules = rules;
        this.usualTerminals = usualTerminals;
        this.present = present;
        this.names = names;
        this.foresight = foresight;
    }

    /** For rules alone: nobody is anywhere, and no name is an alias. */
    public static Explainer offline(Policy policy, Map<String, InetAddress> usualTerminals) {
        return new Explainer(PolicySnapshot.of(policy), usualTerminals, terminal -> Optional.empty(), NameData.NONE);
    }

    /**
     * Explains.
     *
     * @param usual where the subject is when the request names no terminal; null when they are nowhere
     * @param now the time when the request names none
     * @throws OperationException when subject, target or terminal is none
     */
    public Explanation explain(ExplainRequest request, @Nullable InetAddress usual, Instant now) {
        boolean nobody = request.subject().equals(ExplainRequest.NOBODY);
        Subject subject = nobody ? null : Names.subject(rules.policy(), request.subject());
        InetAddress terminal = terminal(request.terminal(), subject, usual);
        Instant at = request.at() == null ? now : request.at();
        Session there = present.apply(terminal).orElse(null);
        boolean isThere = subject != null && there != null && there.subject().equals(subject.name());
        Identity who = new Identity(
                terminal,
                rules.attachmentOf(terminal),
                subject == null ? null : isThere ? there : supposed(subject, terminal, at));
        Reason barred = subject == null || isThere ? null : barred(terminal, subject.name(), there);
        List<LayerDecision> decisions = Target.parse(request.target()).questions().stream()
                .map(question -> new Access(who, question.layer(), question.action(), question.resource(), at))
                .map(access -> outcome(access, barred))
                .toList();
        Attachment attachment = who.attachment();
        Clearance held =
                subject == null || attachment == null || barred != null ? null : rules.held(subject, attachment, at);
        return new Explanation(
                subject == null ? null : subject.name(),
                request.target().strip(),
                Addresses.text(terminal),
                attachment == null ? null : attachment.name(),
                isThere,
                at,
                held == null ? null : rules.policy().lattice().show(held),
                rules.hash(),
                decisions);
    }

    /**
     * What a service would say in the end, and of which access: whoever serves a name decides every alias on the way as well, and the
     * gateway first whether the name may be looked up at all.
     */
    private LayerDecision outcome(Access asked, @Nullable Reason barred) {
        Decision first = decide(asked, barred);
        if (isServed(first) && first.reason() != Reason.CAPTIVE) {
            for (Access onTheWay : onTheWay(asked)) {
                Decision decision = decide(onTheWay, barred);
                if (!(onTheWay.layer() == Layer.DNS ? isServed(decision) : decision.isAllowed())) {
                    return show(rules.policy(), onTheWay, decision);
                }
            }
        }
        return show(rules.policy(), asked, first.isAllowed() ? foresight.of(asked, first) : first);
    }

    /** Who is told to come back over TCP is served there. */
    private static boolean isServed(Decision decision) {
        Presentation presentation = decision.presentation();
        return (presentation instanceof Presentation.Truncated truncated ? truncated.then() : presentation)
                instanceof Presentation.AsAsked;
    }

    private List<Access> onTheWay(Access asked) {
        if (asked.layer() != Layer.DNS && asked.layer() != Layer.GATEWAY) {
            return List.of();
        }
        String name = asked.resource().name();
        List<String> looked = new ArrayList<>(names.addresses(name).chain());
        looked.remove(name);
        if (asked.layer() == Layer.GATEWAY) {
            looked.add(0, name);
        }
        return looked.stream()
                .map(next -> new Access(
                        asked.who(), asked.layer(), Action.RESOLVE, new Resource.Name(next, "A"), asked.when()))
                .toList();
    }

    private Decision decide(Access access, @Nullable Reason barred) {
        Decision decision = Decisions.decide(rules, access);
        return barred != null && decision.reason() != Reason.CAPTIVE
                ? Decisions.refuse(rules, asNobody(access), barred)
                : decision;
    }

    /** Who is refused the log-in has not come to hold anything there. */
    private static Access asNobody(Access access) {
        Identity who = new Identity(access.who().terminal(), access.who().attachment(), null);
        return new Access(who, access.layer(), access.action(), access.resource(), access.when());
    }

    /** Why somebody who is not there could not log in there either; null when they could. */
    private @Nullable Reason barred(InetAddress terminal, String subject, @Nullable Session there) {
        if (isSomebodyElses(terminal, subject, there)) {
            return Reason.SEAT_MISMATCH;
        }
        return locked.test(subject) ? Reason.LOCKED : null;
    }

    private boolean isSomebodyElses(InetAddress terminal, String subject, @Nullable Session there) {
        String owner = rules.ownerOf(terminal);
        boolean taken = there != null && !there.subject().equals(subject);
        boolean owned = owner != null && !owner.equals(subject);
        return rules.policy().seatsAreExclusive() && (owned || taken);
    }

    private static Session supposed(Subject subject, InetAddress terminal, Instant at) {
        return new Session("supposed", subject.name(), terminal, at, null, Session.Origin.PORTAL);
    }

    private InetAddress terminal(@Nullable String asked, @Nullable Subject subject, @Nullable InetAddress usual) {
        if (asked != null) {
            Attachment attachment = rules.attachment(asked.strip());
            return attachment == null ? Names.terminal(rules.policy(), asked) : typical(attachment);
        } else if (subject == null) {
            return typical(somewhere(Clearance.NONE));
        } else if (usual != null) {
            return usual;
        }
        InetAddress found = usualTerminals.get(subject.name());
        return subject.seats().stream()
                .min(Comparator.<InetAddress>comparingInt(seat -> seat.getAddress().length)
                        .thenComparing(InetAddress::getHostAddress))
                .orElseGet(() -> found != null ? found : typical(somewhere(subject.clearance())));
    }

    /** The first attachment with a portal whose ceiling leaves a clearance whole, else the first with a portal, else the first. */
    private Attachment somewhere(Clearance clearance) {
        List<Attachment> all = rules.policy().attachments();
        List<Attachment> open = all.stream()
                .filter(attachment -> attachment.logIn() == Attachment.LogIn.PORTAL)
                .toList();
        return open.stream()
                .filter(attachment -> clearance.under(attachment.ceiling()).equals(clearance))
                .findFirst()
                .or(() -> open.stream().findFirst())
                .or(() -> all.stream().findFirst())
                .orElseThrow(() -> new OperationException("there is no attachment where anybody could be"));
    }

    /** A terminal of an attachment: the eleventh address of its first range, or the first in a small one. */
    private static InetAddress typical(Attachment attachment) {
        InetAddress network = attachment.ranges().get(0).network();
        byte[] bytes = network.getAddress();
        bytes[bytes.length - 1] = (byte) (bytes[bytes.length - 1] + TYPICAL_HOST);
        try {
            InetAddress eleventh = InetAddress.getByAddress(bytes);
            return attachment.contains(eleventh) ? eleventh : network;
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        }
    }

    /** A decision in words. */
    public static LayerDecision show(Policy policy, Access access, Decision decision) {
        return show(
                policy,
                access.layer().word(),
                access.action().word(),
                access.resource().toString(),
                decision);
    }

    /** As {@link #show(Policy, Access, Decision)}, of what the journal was told. */
    public static LayerDecision show(Policy policy, String layer, String action, String resource, Decision decision) {
        return new LayerDecision(
                layer,
                action,
                resource,
                decision.verdict().word(),
                decision.rule(),
                decision.reason().word(),
                decision.reason().explanation(),
                decision.needed() == null ? null : policy.lattice().show(decision.needed()),
                decision.held() == null ? null : policy.lattice().show(decision.held()),
                decision.presentation().word());
    }
}
