package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one run to another. Groups are regime, condition and tool, named {@code REGIME/CONDITION/TOOL}.
 *
 * @param groups how many have trials in both
 * @param outcomes groups whose shares of outcomes differ
 * @param stoppings groups that other layers or rules stopped
 * @param measures quantities whose 95 % intervals do not overlap
 * @param decisions trials whose sets of decisions differ
 * @param lock what lock.json says otherwise
 * @param onlyBefore groups that have trials in the first run alone
 */
public record Comparison(
        int groups,
        List<OutcomeChange> outcomes,
        List<StoppingChange> stoppings,
        List<MeasureChange> measures,
        List<DecisionChange> decisions,
        List<LockChange> lock,
        List<String> onlyBefore,
        List<String> onlyAfter) {
    /** How many trials had which outcome. */
    public record OutcomeChange(String group, Map<Outcome, Integer> before, Map<Outcome, Integer> after) {}

    /** What stopped them: {@code LAYER · RULE}. */
    public record StoppingChange(String group, Set<String> before, Set<String> after) {}

    /**
     * A measurement whose intervals lie apart.
     *
     * @param ratio of the mean after to the mean before
     */
    public record MeasureChange(String group, String measure, Mean before, Mean after, double ratio) {}

    /** A geometric mean of {@code n} values and its 95 % interval. */
    public record Mean(int n, double mean, double low, double high) {}

    /** Decisions that only one of two trials with the same name had. */
    public record DecisionChange(String trial, List<Trial.Ruling> gone, List<Trial.Ruling> come) {}

    /**
     * Compares two runs.
     *
     * @throws ResultException when no group has trials in both
     */
    public static Comparison of(Results before, Results after) throws ResultException {
        Map<Group.Key, Group> older = run(before);
        Map<Group.Key, Group> newer = run(after);
        Set<Group.Key> both = new LinkedHashSet<>(older.keySet());
        both.retainAll(newer.keySet());
        if (both.isEmpty()) {
            throw new ResultException(before.folder() + " and " + after.folder() + " have no trials in common");
        }
        List<OutcomeChange> outcomes = new ArrayList<>();
        List<StoppingChange> stoppings = new ArrayList<>();
        List<MeasureChange> measures = new ArrayList<>();
        List<Measure> measured = measuredInBoth(before, after);
        for (Group.Key key : both) {
            Group old = Objects.requireNonNull(older.get(key));
            Group now = Objects.requireNonNull(newer.get(key));
            if (!sameShares(old, now)) {
                outcomes.add(new OutcomeChange(key.toString(), old.tally(), now.tally()));
            }
            if (!stops(old).equals(stops(now))) {
                stoppings.add(new StoppingChange(key.toString(), stops(old), stops(now)));
            }
            for (Measure measure : measured) {
                MeasureChange change = change(key, measure, old, now);
                if (change != null) {
                    measures.add(change);
                }
            }
        }
        return new Comparison(
                both.size(),
                outcomes,
                stoppings,
                measures,
                decisions(before, after),
                LockChange.between(before.lock(), after.lock()),
                names(older.keySet(), both),
                names(newer.keySet(), both));
    }

    /** Whether a tool has another outcome, or one of the runs did not try it. */
    public boolean hasOtherOutcomes() {
        return !outcomes.isEmpty() || !onlyBefore.isEmpty() || !onlyAfter.isEmpty();
    }

    /** Whether something else stopped a tool, or a trial's journal has another set of decisions. */
    public boolean hasOtherDecisions() {
        return !stoppings.isEmpty() || !decisions.isEmpty();
    }

    private static Map<Group.Key, Group> run(Results results) {
        Map<Group.Key, Group> run = new LinkedHashMap<>();
        for (Group group : Group.of(results)) {
            if (!group.places().isEmpty()) {
                run.put(group.key(), group);
            }
        }
        return run;
    }

    private static List<String> names(Set<Group.Key> keys, Set<Group.Key> both) {
        return keys.stream()
                .filter(key -> !both.contains(key))
                .map(Group.Key::toString)
                .toList();
    }

    /** Three of three is what one of one is: runs may differ in repetitions. */
    private static boolean sameShares(Group old, Group now) {
        Map<Outcome, Integer> before = old.tally();
        Map<Outcome, Integer> after = now.tally();
        return before.keySet().equals(after.keySet())
                && before.entrySet().stream()
                        .allMatch(entry -> entry.getValue() * now.places().size()
                                == after.getOrDefault(entry.getKey(), 0)
                                        * old.places().size());
    }

    private static Set<String> stops(Group group) {
        return group.stoppings().stream()
                .map(stop -> stop.layer() + " · " + stop.rule())
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Measure> measuredInBoth(Results before, Results after) {
        List<Measure> measured = new ArrayList<>(Measure.in(before.trials()));
        measured.retainAll(Measure.in(after.trials()));
        return measured;
    }

    private static @Nullable MeasureChange change(Group.Key key, Measure measure, Group old, Group now) {
        Mean before = mean(measure.samples(old.places()));
        Mean after = mean(measure.samples(now.places()));
        if (before == null || after == null || (before.low() <= after.high() && after.low() <= before.high())) {
            return null;
        }
        return new MeasureChange(key.toString(), measure.title(), before, after, after.mean() / before.mean());
    }

    private static @Nullable Mean mean(List<Measure.Sample> samples) {
        if (samples.isEmpty()) {
            return null;
        }
        Estimate estimate =
                Estimate.of(samples.stream().map(Measure.Sample::value).toList());
        Double mean = estimate.mean();
        Estimate.Interval interval = estimate.interval();
        return mean == null || interval == null ? null : new Mean(estimate.n(), mean, interval.low(), interval.high());
    }

    private static List<DecisionChange> decisions(Results before, Results after) {
        Map<String, Trial> newer = after.trials().stream()
                .map(Results.Place::trial)
                .collect(Collectors.toMap(Trial::id, Function.identity(), (one, twin) -> one));
        List<DecisionChange> changes = new ArrayList<>();
        for (Results.Place place : before.trials()) {
            Trial now = newer.get(place.trial().id());
            if (now != null) {
                Set<Trial.Ruling> gone = new LinkedHashSet<>(place.trial().decisions());
                Set<Trial.Ruling> come = new LinkedHashSet<>(now.decisions());
                come.removeAll(gone);
                now.decisions().forEach(gone::remove);
                if (!gone.isEmpty() || !come.isEmpty()) {
                    changes.add(new DecisionChange(now.id(), List.copyOf(gone), List.copyOf(come)));
                }
            }
        }
        return changes;
    }
}
