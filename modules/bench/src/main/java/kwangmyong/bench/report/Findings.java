package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import kwangmyong.bench.result.Expectation;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Trial;

/** What is counted over all trials. */
record Findings(
        List<Stopper> stoppers, List<Expected> expected, List<Untried> untried, List<Leak> leaks, List<Cost> costs) {
    /** Of one line of a table; the rest is in the trials themselves. */
    private static final int MOST_LINKS = 40;

    record Link(String text, String anchor) {}

    /** A rule of a layer, and the groups that it stopped. */
    record Stopper(String layer, String rule, String reason, String presentation, int trials, List<Link> groups) {}

    /** An expectation, and the trials that came out otherwise. */
    record Expected(String what, String outcome, int met, int of, List<Link> contrary) {
        /** An expectation of which nothing is known yet is not met. */
        boolean isMet() {
            return of > 0 && met == of;
        }
    }

    /** Why trials say nothing of the regime. */
    record Untried(String outcome, String why, int trials, List<Link> links) {}

    record Leak(Link where, String what) {}

    /** The bench's own time for the trials of a regime, in milliseconds. */
    record Cost(String regime, int n, String median, String setup, String teardown, String most, Link slowest) {}

    static Findings of(Results results, List<Group> groups, Anchors anchors) {
        return new Findings(
                stoppers(groups, anchors),
                expected(results, anchors),
                untried(results, anchors),
                leaks(results, anchors),
                costs(results, anchors));
    }

    private static List<Stopper> stoppers(List<Group> groups, Anchors anchors) {
        Map<Group.Stopping, Integer> counts = new LinkedHashMap<>();
        Map<Group.Stopping, List<Link>> links = new LinkedHashMap<>();
        for (Group group : groups) {
            for (Group.Stopping stop : group.stoppings()) {
                Group.Stopping key =
                        new Group.Stopping(stop.layer(), stop.rule(), stop.reason(), stop.presentation(), 0);
                counts.merge(key, stop.count(), Integer::sum);
                links.computeIfAbsent(key, any -> new ArrayList<>())
                        .add(new Link(group.key() + (stop.count() > 1 ? " × " + stop.count() : ""), anchors.of(group)));
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Stopper(
                        entry.getKey().layer(),
                        entry.getKey().rule(),
                        entry.getKey().reason(),
                        entry.getKey().presentation(),
                        entry.getValue(),
                        links.getOrDefault(entry.getKey(), List.of())))
                .sorted(Comparator.comparingInt(Stopper::trials).reversed())
                .toList();
    }

    private static List<Expected> expected(Results results, Anchors anchors) {
        List<Expected> all = new ArrayList<>();
        for (Expectation expectation : results.run().expect()) {
            List<Results.Place> spokenOf = places(results, expectation::speaksOf);
            List<Link> contrary = spokenOf.stream()
                    .filter(place -> !expectation.isMetBy(place.trial()))
                    .map(place -> new Link(
                            place.trial().id() + ": " + place.trial().outcome().word(), anchors.of(place)))
                    .toList();
            all.add(new Expected(
                    what(expectation),
                    expectation.outcome().word(),
                    spokenOf.size() - contrary.size(),
                    spokenOf.size(),
                    contrary));
        }
        return all;
    }

    private static String what(Expectation expectation) {
        return (expectation.tool() == null ? "every tool" : expectation.tool())
                + " in "
                + (expectation.regime() == null ? "every regime" : expectation.regime())
                + (expectation.condition() == null ? "" : ", " + expectation.condition());
    }

    private static List<Untried> untried(Results results, Anchors anchors) {
        Map<String, List<Results.Place>> byReason = new TreeMap<>();
        for (Results.Place place : results.trials()) {
            Trial trial = place.trial();
            if (trial.outcome() == Outcome.SKIPPED || trial.outcome() == Outcome.ERROR) {
                byReason.computeIfAbsent(trial.outcome().word() + "\n" + trial.why(), key -> new ArrayList<>())
                        .add(place);
            }
        }
        List<Untried> untried = new ArrayList<>();
        byReason.forEach((key, places) -> untried.add(new Untried(
                key.substring(0, key.indexOf('\n')),
                key.substring(key.indexOf('\n') + 1),
                places.size(),
                places.stream()
                        .limit(MOST_LINKS)
                        .map(place -> new Link(place.trial().id(), anchors.of(place)))
                        .toList())));
        return untried;
    }

    private static List<Leak> leaks(Results results, Anchors anchors) {
        List<Leak> leaks = new ArrayList<>();
        for (Results.Place place : results.trials()) {
            Link link = new Link(place.trial().id(), anchors.of(place));
            place.trial().waysOut().forEach(way -> leaks.add(new Leak(link, way)));
        }
        return leaks;
    }

    private static List<Cost> costs(Results results, Anchors anchors) {
        List<Cost> costs = new ArrayList<>();
        List<Results.Place> measured = places(results, trial -> trial.overhead() != null);
        for (String regime : results.run().regimes()) {
            List<Results.Place> ofRegime = measured.stream()
                    .filter(place -> place.trial().regime().equals(regime))
                    .toList();
            if (!ofRegime.isEmpty()) {
                costs.add(cost(regime, ofRegime, anchors));
            }
        }
        if (costs.size() > 1) {
            costs.add(cost("all regimes", measured, anchors));
        }
        return costs;
    }

    private static Cost cost(String regime, List<Results.Place> places, Anchors anchors) {
        Results.Place slowest =
                places.stream().max(Comparator.comparingDouble(Findings::total)).orElseThrow();
        return new Cost(
                regime,
                places.size(),
                median(places.stream().map(Findings::total).toList()),
                median(places.stream().map(Findings::setup).toList()),
                median(places.stream().map(place -> total(place) - setup(place)).toList()),
                Words.number(total(slowest)),
                new Link(slowest.trial().id(), anchors.of(slowest)));
    }

    private static String median(List<Double> values) {
        return Words.number(Estimate.of(values).median());
    }

    private static double setup(Results.Place place) {
        Trial.Overhead overhead = place.trial().overhead();
        return overhead == null ? 0 : overhead.setupMs();
    }

    private static double total(Results.Place place) {
        Trial.Overhead overhead = place.trial().overhead();
        return overhead == null ? 0 : overhead.setupMs() + overhead.teardownMs();
    }

    private static List<Results.Place> places(Results results, Predicate<Trial> wanted) {
        return results.trials().stream()
                .filter(place -> wanted.test(place.trial()))
                .toList();
    }
}
