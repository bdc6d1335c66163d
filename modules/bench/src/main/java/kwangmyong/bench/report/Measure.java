package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.Trial;

/**
 * A quantity that trials measure: the time until the client was ready, or a time or rate of a probe.
 *
 * @param probe the probe's name; empty for the client
 * @param value the name of the probe's value
 */
record Measure(String probe, String value) {
    private static final Measure READY = new Measure("", "seconds");
    private static final Pattern TIMES_AND_RATES =
            Pattern.compile("(.*_)?(seconds|ms|us)(_.*)?|.*per_second.*|.*(mbit|kbit|bits)(_s)?");
    /** Of a series within one trial, the median stands for it in drawings; its extremes depend on how many there were. */
    private static final Pattern EXTREMES = Pattern.compile(".*_(least|most)");
    /** How long stability was watched is what the experiment says. */
    private static final Measure WATCHED = new Measure("stability", "seconds");

    /** A value and the trial that has it. */
    record Sample(Results.Place place, double value) {}

    /** Every measure that some trial has, the client's first, then in the order of the trials' files. */
    static List<Measure> in(List<Results.Place> places) {
        Set<Measure> measures = new LinkedHashSet<>();
        measures.add(READY);
        for (Results.Place place : places) {
            for (Trial.Probe probe : place.trial().probes()) {
                probe.values().forEach((name, value) -> {
                    if (value instanceof Number
                            && TIMES_AND_RATES.matcher(name).matches()
                            && !EXTREMES.matcher(name).matches()) {
                        measures.add(new Measure(probe.probe(), name));
                    }
                });
            }
        }
        measures.remove(WATCHED);
        return measures.stream()
                .filter(measure -> !measure.samples(places).isEmpty())
                .toList();
    }

    /** What those trials measured of it. A client that never came up, and a probe of which nothing was through, measured nothing of the tool. */
    List<Sample> samples(List<Results.Place> places) {
        List<Sample> samples = new ArrayList<>();
        for (Results.Place place : places) {
            Trial.Client client = place.trial().client();
            if (probe.isEmpty()) {
                if (client != null && client.up()) {
                    add(samples, place, client.seconds());
                }
                continue;
            }
            for (Trial.Probe each : place.trial().probes()) {
                if (each.probe().equals(probe)
                        && (each.outcome() == Outcome.THROUGH || each.outcome() == Outcome.PARTLY)
                        && each.values().get(value) instanceof Number number) {
                    add(samples, place, number.doubleValue());
                }
            }
        }
        return samples;
    }

    private static void add(List<Sample> samples, Results.Place place, double value) {
        if (Double.isFinite(value)) {
            samples.add(new Sample(place, value));
        }
    }

    /** Samples by group, in the groups' order; groups without any are left out. */
    Map<Group, List<Sample>> byGroup(List<Group> groups) {
        Map<Group, List<Sample>> all = new LinkedHashMap<>();
        for (Group group : groups) {
            List<Sample> samples = samples(group.places());
            if (!samples.isEmpty()) {
                all.put(group, samples);
            }
        }
        return all;
    }

    /** For people: {@code web: seconds to first byte}. */
    String title() {
        return probe.isEmpty() ? "client: seconds until ready" : probe + ": " + value.replace('_', ' ');
    }
}
