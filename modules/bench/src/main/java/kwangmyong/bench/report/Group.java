package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Trial;

/**
 * The repetitions of one tool against one regime under one condition.
 *
 * @param places by repetition; empty when none has been run
 */
record Group(Key key, List<Results.Place> places) {
    Group {
        places = List.copyOf(places);
    }

    /** What its trials have in common. */
    record Key(String regime, String condition, String tool) {
        @Override
        public String toString() {
            return regime + "/" + condition + "/" + tool;
        }
    }

    /** What stopped some of its trials, and how many. */
    record Stopping(String layer, String rule, String reason, String presentation, int count) {}

    /** Every group of the experiment, by regime, condition, tool, those not run too. */
    static List<Group> of(Results results) {
        Map<Key, List<Results.Place>> byKey = new LinkedHashMap<>();
        for (String regime : results.run().regimes()) {
            for (String condition : results.run().conditions().keySet()) {
                for (String tool : results.run().tools()) {
                    byKey.put(new Key(regime, condition, tool), new ArrayList<>());
                }
            }
        }
        for (Results.Place place : results.trials()) {
            Trial trial = place.trial();
            byKey.computeIfAbsent(new Key(trial.regime(), trial.condition(), trial.tool()), key -> new ArrayList<>())
                    .add(place);
        }
        List<Group> groups = new ArrayList<>();
        byKey.forEach((key, places) -> groups.add(new Group(key, places)));
        return groups;
    }

    /** How many trials had each outcome; outcomes that none had are left out. */
    Map<Outcome, Integer> tally() {
        Map<Outcome, Integer> tally = new EnumMap<>(Outcome.class);
        places.forEach(place -> tally.merge(place.trial().outcome(), 1, Integer::sum));
        return tally;
    }

    /** What stopped its trials, the most frequent first. */
    List<Stopping> stoppings() {
        Map<Stopping, Integer> counts = new LinkedHashMap<>();
        for (Results.Place place : places) {
            Trial.Stop stop = place.trial().stoppedBy();
            if (stop != null) {
                counts.merge(
                        new Stopping(stop.layer(), stop.rule(), stop.reason(), stop.presentation(), 0),
                        1,
                        Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Stopping(
                        entry.getKey().layer(),
                        entry.getKey().rule(),
                        entry.getKey().reason(),
                        entry.getKey().presentation(),
                        entry.getValue()))
                .sorted(Comparator.comparingInt(Stopping::count).reversed())
                .toList();
    }
}
