package kwangmyong.access.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.kernel.access.Action;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one name that speak of subjects by name, where they are many: a decision looks only at those that speak of the subject who asks.
 * All others would fall short as {@code WRONG_SUBJECT}; of them only the first can matter, so that one is known for each action.
 */
final class Crowd {
    /** Fewer rules than these are looked at one by one. */
    static final int SMALLEST = 8;

    private static final CompiledRule[] NONE = {};

    private final Map<String, CompiledRule[]> bySubject = new HashMap<>();
    private final Map<Integer, CompiledRule> firstPermissions = new HashMap<>();

    /** @param sorted rules that name subjects, lowest rank first */
    private Crowd(List<CompiledRule> sorted) {
        Map<String, List<CompiledRule>> growing = new HashMap<>();
        for (CompiledRule rule : sorted) {
            for (String subject : subjects(rule)) {
                growing.computeIfAbsent(subject, name -> new ArrayList<>(1)).add(rule);
            }
            for (Action action : Action.values()) {
                int bit = Terms.bit(action);
                if (!rule.terms().forbids() && rule.terms().speakOf(bit)) {
                    firstPermissions.putIfAbsent(bit, rule);
                }
            }
        }
        growing.forEach((subject, rules) -> bySubject.put(subject, rules.toArray(NONE)));
    }

    private static Set<String> subjects(CompiledRule rule) {
        Set<String> named = rule.terms().subjects();
        return named == null ? Set.of() : named;
    }

    /** The crowd among some rules; null when too few of them name subjects. */
    static @Nullable Crowd among(List<CompiledRule> rules) {
        if (rules.size() < SMALLEST) {
            return null;
        }
        List<CompiledRule> naming = rules.stream()
                .filter(Crowd::takes)
                .sorted(Comparator.comparingLong(CompiledRule::rank))
                .toList();
        return naming.size() < SMALLEST ? null : new Crowd(naming);
    }

    /** Whether a rule may be one of many: which of them comes first must not hang on the port. */
    static boolean takes(CompiledRule rule) {
        return rule.terms().subjects() != null && rule.terms().areOfEveryPort();
    }

    /** The rules that speak of a subject, lowest rank first. */
    CompiledRule[] of(String subject) {
        return bySubject.getOrDefault(subject, NONE);
    }

    /** The permission of the lowest rank that speaks of an action, whomever it names. */
    @Nullable
    CompiledRule firstPermission(int actionBit) {
        return firstPermissions.get(actionBit);
    }
}
