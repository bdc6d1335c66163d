package kwangmyong.access.diff;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.explain.Explainer;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Makes every decision that two sets of rules can make differently under both, and tells which differ. What rules cannot tell apart is decided once.
 * Decisions alone are compared: who has which seat, and what services say beyond the rules, is not.
 */
public final class PolicyComparison {
    /** More kinds of names than a person's rules have. */
    private static final int MAX_NAMES = 4_000_000;

    private static final long MAX_DECISIONS = 500_000_000L;

    private final PolicySnapshot before;
    private final PolicySnapshot after;
    private final List<Instant> times;
    private final List<PlaceClasses.Place> places;
    private final SubjectClasses subjects;
    /** Whether nothing but rules differs, so that only names that a changed rule covers can. */
    private final boolean rulesAlone;

    private final List<Rule> changed;
    private final List<PolicyDiff.Change> changes = new ArrayList<>();
    private long compared;

    private PolicyComparison(PolicySnapshot before, PolicySnapshot after, Instant now) {
        this.before = before;
        this.after = after;
        times = TimeClasses.of(List.of(before.policy(), after.policy()), now);
        places = PlaceClasses.of(before, after);
        subjects = new SubjectClasses(before, after);
        rulesAlone = isSameButForRules(before.policy(), after.policy());
        changed = changed(before.policy().rules(), after.policy().rules());
    }

    /**
     * Compares.
     *
     * @param now the first moment at which anybody asks
     * @throws OperationException when there is too much to compare
     */
    public static PolicyDiff between(PolicySnapshot before, PolicySnapshot after, Instant now) {
        var comparison = new PolicyComparison(before, after, now);
        if (!before.hash().equals(after.hash())) {
            comparison.names();
            comparison.flows();
            comparison.services();
            new MailComparison(before, after, comparison::mail).run();
        }
        return new PolicyDiff(before.hash(), after.hash(), comparison.compared, comparison.changes);
    }

    private static boolean isSameButForRules(Policy one, Policy other) {
        return one.lattice().equals(other.lattice())
                && one.subjects().equals(other.subjects())
                && one.attachments().equals(other.attachments())
                && one.captive().equals(other.captive())
                && one.denials().equals(other.denials())
                && one.grants().equals(other.grants());
    }

    /** Rules of which the other list has no equal, or has them in another order; all of both where the order of the rest differs. */
    private static List<Rule> changed(List<Rule> one, List<Rule> other) {
        Set<Rule> ofOne = new LinkedHashSet<>(one);
        Set<Rule> ofOther = new LinkedHashSet<>(other);
        List<Rule> commonOfOne = one.stream().filter(ofOther::contains).toList();
        List<Rule> commonOfOther = other.stream().filter(ofOne::contains).toList();
        if (!commonOfOne.equals(commonOfOther)) {
            return Stream.concat(one.stream(), other.stream()).toList();
        }
        return Stream.concat(
                        one.stream().filter(rule -> !ofOther.contains(rule)),
                        other.stream().filter(rule -> !ofOne.contains(rule)))
                .toList();
    }

    private Stream<Rule> rules() {
        return Stream.concat(before.policy().rules().stream(), after.policy().rules().stream());
    }

    private List<NamePattern> patterns() {
        return rules().flatMap(rule -> rule.names().stream()).distinct().toList();
    }

    private void names() {
        Set<String> captive = new LinkedHashSet<>();
        for (Policy policy : List.of(before.policy(), after.policy())) {
            captive.add(policy.captive().portalHost());
            captive.addAll(policy.captive().connectivityNames());
        }
        Map<String, String> names;
        try {
            names = NameClasses.of(patterns(), captive, MAX_NAMES);
        } catch (IllegalArgumentException tooMany) {
            throw new OperationException("these rules tell " + tooMany.getMessage() + " apart, too many to compare");
        }
        names.forEach((shown, name) -> name(shown, name, false));
        for (InetAddress address : AddressClasses.ofPatterns(patterns())) {
            name(Addresses.text(address), Addresses.text(address), true);
        }
    }

    private boolean canDiffer(String name) {
        return !rulesAlone || changed.stream().anyMatch(rule -> covers(rule, name));
    }

    private static boolean covers(Rule rule, String name) {
        return rule.names().stream().anyMatch(pattern -> pattern.matches(name));
    }

    private void name(String shown, String name, boolean isAddress) {
        if (!canDiffer(name)) {
            return;
        }
        List<Rule> covering =
                rules().filter(rule -> covers(rule, name)).distinct().toList();
        if (!isAddress) {
            compare(Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), shown, covering);
            compare(Layer.DNS, Action.TRANSFER, new Resource.Name(name, "AXFR"), shown, covering);
        }
        compare(Layer.GATEWAY, Action.FETCH, new Resource.Page("GET", "http", name, 80, "/"), shown, covering);
        compare(Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint(name, 443), shown, covering);
    }

    private void flows() {
        List<Rule> ofFlows =
                rules().filter(rule -> rule.actions().contains(Action.FLOW)).toList();
        List<Ports> ports = ofFlows.stream()
                .flatMap(rule -> rule.ports().stream())
                .distinct()
                .toList();
        List<NamePattern> patterns = ofFlows.stream()
                .flatMap(rule -> rule.names().stream())
                .distinct()
                .toList();
        for (InetAddress address : AddressClasses.ofPatterns(patterns)) {
            if (canDiffer(Addresses.text(address))) {
                FlowClasses.to(address, ports)
                        .forEach(flow -> compare(Layer.BORDER, Action.FLOW, flow, flow.toString(), ofFlows));
            }
        }
    }

    private void services() {
        for (Layer layer : List.of(Layer.PORTAL, Layer.GATEWAY, Layer.CONSOLE)) {
            var service = new Resource.ServiceName(layer.word());
            compare(layer, Action.LOG_IN, service, service.toString(), List.of());
        }
    }

    private void compare(Layer layer, Action action, Resource resource, String shown, Collection<Rule> covering) {
        ask(Set.of(), layer, action, resource, shown);
        subjects.under(covering).forEach(same -> ask(same, layer, action, resource, shown));
    }

    private void mail(Set<String> same, Action action, Resource resource) {
        ask(same, Layer.MAIL, action, resource, resource.toString());
    }

    /** @param same whom nothing tells apart here; nobody when empty */
    private void ask(Set<String> same, Layer layer, Action action, Resource resource, String shown) {
        String one = same.isEmpty() ? null : same.iterator().next();
        for (PlaceClasses.Place place : places) {
            Map<Pair, Found> found = new LinkedHashMap<>();
            for (Instant time : times) {
                Decision old = decide(before, one, place.before(), place, layer, action, resource, time);
                Decision now = decide(after, one, place.after(), place, layer, action, resource, time);
                if (++compared > MAX_DECISIONS) {
                    throw new OperationException(
                            "there is too much to compare: more than " + MAX_DECISIONS + " decisions");
                }
                if (differ(old, now)) {
                    found.computeIfAbsent(new Pair(Told.of(old), Told.of(now)), pair -> new Found(old, now, time))
                            .count++;
                }
            }
            found.values().forEach(each -> tell(same, place, layer, action, shown, each));
        }
    }

    /** What is told of a decision. */
    private record Told(Verdict verdict, String rule, Reason reason, Presentation presentation) {
        static Told of(Decision decision) {
            return new Told(decision.verdict(), decision.rule(), decision.reason(), decision.presentation());
        }
    }

    private record Pair(Told before, Told after) {}

    private static final class Found {
        private final Decision before;
        private final Decision after;
        private final Instant first;
        private int count;

        Found(Decision before, Decision after, Instant first) {
            this.before = before;
            this.after = after;
            this.first = first;
        }
    }

    private static boolean differ(Decision one, Decision other) {
        return !Told.of(one).equals(Told.of(other));
    }

    private static Decision decide(
            PolicySnapshot rules,
            @Nullable String subject,
            @Nullable Attachment attachment,
            PlaceClasses.Place place,
            Layer layer,
            Action action,
            Resource resource,
            Instant time) {
        Session session = subject == null
                ? null
                : new Session("compared", subject, place.terminal(), time, null, Session.Origin.PORTAL);
        Identity who = new Identity(place.terminal(), attachment, session);
        return Decisions.decide(rules, new Access(who, layer, action, resource, time));
    }

    private void tell(
            Set<String> same, PlaceClasses.Place place, Layer layer, Action action, String shown, Found found) {
        Instant at = found.count == times.size() ? null : found.first;
        var old = Explainer.show(before.policy(), layer.word(), action.word(), shown, found.before);
        var now = Explainer.show(after.policy(), layer.word(), action.word(), shown, found.after);
        if (same.isEmpty()) {
            changes.add(new PolicyDiff.Change(null, place.shown(), layer.word(), action.word(), shown, at, old, now));
        }
        for (String subject : same) {
            changes.add(
                    new PolicyDiff.Change(subject, place.shown(), layer.word(), action.word(), shown, at, old, now));
        }
    }
}
