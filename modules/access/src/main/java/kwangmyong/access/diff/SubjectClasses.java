package kwangmyong.access.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/** Subjects by what two sets of rules can tell of them. */
final class SubjectClasses {
    private final List<Set<String>> byHeld;

    /** What somebody may come to hold. */
    private record Held(
            @Nullable Clearance before, @Nullable Clearance after, List<Grant> grantsBefore, List<Grant> grantsAfter) {}

    SubjectClasses(PolicySnapshot before, PolicySnapshot after) {
        Map<String, List<Grant>> grantsBefore = grants(before.policy());
        Map<String, List<Grant>> grantsAfter = grants(after.policy());
        Map<Held, Set<String>> classes = new LinkedHashMap<>();
        for (String name : names(before.policy(), after.policy())) {
            var held = new Held(
                    clearance(before.subject(name)),
                    clearance(after.subject(name)),
                    grantsBefore.getOrDefault(name, List.of()),
                    grantsAfter.getOrDefault(name, List.of()));
            classes.computeIfAbsent(held, first -> new LinkedHashSet<>()).add(name);
        }
        byHeld = List.copyOf(classes.values());
    }

    static Set<String> names(Policy before, Policy after) {
        return Stream.concat(before.subjects().stream(), after.subjects().stream())
                .map(Subject::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable Clearance clearance(@Nullable Subject subject) {
        return subject == null ? null : subject.clearance();
    }

    private static Map<String, List<Grant>> grants(Policy policy) {
        return policy.grants().stream().collect(Collectors.groupingBy(Grant::subject));
    }

    /** Those that nothing tells apart where only these rules matter; each class has at least one. */
    List<Set<String>> under(Collection<Rule> rules) {
        Map<String, Set<Rule>> naming = new HashMap<>();
        for (Rule rule : rules) {
            rule.subjects()
                    .forEach(name -> naming.computeIfAbsent(name, first -> new HashSet<>())
                            .add(rule));
        }
        if (naming.isEmpty()) {
            return byHeld;
        }
        List<Set<String>> classes = new ArrayList<>();
        for (Set<String> same : byHeld) {
            Map<Set<Rule>, Set<String>> apart = new LinkedHashMap<>();
            for (String name : same) {
                apart.computeIfAbsent(naming.getOrDefault(name, Set.of()), first -> new LinkedHashSet<>())
                        .add(name);
            }
            classes.addAll(apart.values());
        }
        return classes;
    }
}
