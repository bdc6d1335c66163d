package kwangmyong.access.diff;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/** What may be asked of mail: to use it, to read a mailbox, to write to one. Who reads their own mailbox, or writes to themselves, is asked apart. */
final class MailComparison {
    private final PolicySnapshot before;
    private final PolicySnapshot after;
    private final Asking asking;
    private final List<Set<String>> classes;
    private final Map<String, Set<String>> mailboxes = new LinkedHashMap<>();

    /** Has a question decided. */
    @FunctionalInterface
    interface Asking {
        /**
         * Asks once for all of them.
         *
         * @param same whom nothing tells apart here; nobody when empty
         */
        void ask(Set<String> same, Action action, Resource resource);
    }

    /** All that mail can tell of somebody, but for their own address. */
    private record Kind(
            @Nullable Clearance before,
            @Nullable Clearance after,
            boolean hasBefore,
            boolean hasAfter,
            List<Grant> grantsBefore,
            List<Grant> grantsAfter,
            Set<String> partnersBefore,
            Set<String> partnersAfter) {}

    MailComparison(PolicySnapshot before, PolicySnapshot after, Asking asking) {
        this.before = before;
        this.after = after;
        this.asking = asking;
        Map<Kind, Set<String>> byKind = new LinkedHashMap<>();
        for (String name : SubjectClasses.names(before.policy(), after.policy())) {
            byKind.computeIfAbsent(kind(name), first -> new LinkedHashSet<>()).add(name);
        }
        classes = List.copyOf(byKind.values());
        for (PolicySnapshot rules : List.of(before, after)) {
            for (Subject subject : rules.policy().subjects()) {
                if (subject.mailbox() != null) {
                    mailboxes
                            .computeIfAbsent(subject.mailbox(), first -> new LinkedHashSet<>())
                            .add(subject.name());
                }
            }
        }
    }

    private Kind kind(String name) {
        Subject old = before.subject(name);
        Subject now = after.subject(name);
        return new Kind(
                old == null ? null : old.clearance(),
                now == null ? null : now.clearance(),
                old != null && old.mailbox() != null,
                now != null && now.mailbox() != null,
                grants(before.policy(), name),
                grants(after.policy(), name),
                partners(before.policy().mail(), name),
                partners(after.policy().mail(), name));
    }

    private static List<Grant> grants(Policy policy, String name) {
        return policy.grants().stream()
                .filter(grant -> grant.subject().equals(name))
                .toList();
    }

    private static Set<String> partners(MailPolicy mail, String name) {
        Set<String> partners = new TreeSet<>();
        for (MailPolicy.Pair pair : mail.pairs()) {
            if (pair.one().equals(name)) {
                partners.add(pair.other());
            } else if (pair.other().equals(name)) {
                partners.add(pair.one());
            }
        }
        return partners;
    }

    void run() {
        var service = new Resource.ServiceName(Layer.MAIL.word());
        asking.ask(Set.of(), Action.LOG_IN, service);
        classes.forEach(same -> asking.ask(same, Action.LOG_IN, service));
        mailboxes.forEach((address, owners) -> mailbox(new Resource.Mailbox(address), owners));
        Set<String> domains = new TreeSet<>();
        Stream.of(before, after)
                .forEach(rules -> domains.addAll(rules.policy().mail().domains()));
        domains.forEach(domain -> mailbox(new Resource.Mailbox("nobody-has-this@" + domain), Set.of()));
        mailbox(new Resource.Mailbox("somebody@elsewhere.invalid"), Set.of());
    }

    private void mailbox(Resource.Mailbox mailbox, Set<String> owners) {
        for (Action action : List.of(Action.SEND, Action.READ)) {
            asking.ask(Set.of(), action, mailbox);
            owners.forEach(owner -> asking.ask(Set.of(owner), action, mailbox));
            for (Set<String> same : classes) {
                Set<String> others = new LinkedHashSet<>(same);
                others.removeAll(owners);
                if (!others.isEmpty()) {
                    asking.ask(others, action, mailbox);
                }
            }
        }
    }
}
