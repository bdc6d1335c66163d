package kwangmyong.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.recipe.WayIn;

/**
 * The order of trials, by regime. Within a regime it is shuffled by the experiment's seed, so that what changes with time falls on all
 * tools alike; controls, which have nothing of their own that could change, lie evenly between the others.
 */
public final class Schedule {
    private Schedule() {}

    /**
     * Every trial of an experiment that is wanted.
     *
     * @return by regime, in the experiment's order
     */
    public static Map<String, List<TrialId>> of(Experiment experiment, Predicate<TrialId> wanted) {
        Map<String, List<TrialId>> schedule = new LinkedHashMap<>();
        for (Regime regime : experiment.regimes()) {
            List<TrialId> trials = new ArrayList<>();
            List<TrialId> controls = new ArrayList<>();
            for (int repetition = 1; repetition <= experiment.repetitions(); repetition++) {
                for (Condition condition : experiment.conditions()) {
                    for (Tool tool : experiment.tools()) {
                        var id = new TrialId(regime.name(), condition.name(), tool.name(), repetition);
                        (isControl(tool) ? controls : trials).add(id);
                    }
                }
            }
            Random random = new Random(experiment.seed() * 31 + regime.name().hashCode());
            Collections.shuffle(trials, random);
            Collections.shuffle(controls, random);
            schedule.put(
                    regime.name(),
                    between(trials, controls).stream().filter(wanted).toList());
        }
        return schedule;
    }

    /** Nothing but what every program does. */
    static boolean isControl(Tool tool) {
        return tool.wayIn() instanceof WayIn.AsItIs
                && tool.prepare().isEmpty()
                && tool.server().programs().isEmpty()
                && tool.client().programs().isEmpty();
    }

    /** Control i of n comes after the (i + 1/2)/n-th part of the others. */
    private static List<TrialId> between(List<TrialId> trials, List<TrialId> controls) {
        List<TrialId> all = new ArrayList<>();
        int control = 0;
        for (int i = 0; i <= trials.size(); i++) {
            while (control < controls.size() && (2L * control + 1) * trials.size() <= 2L * i * controls.size()) {
                all.add(controls.get(control++));
            }
            if (i < trials.size()) {
                all.add(trials.get(i));
            }
        }
        return all;
    }
}
