package kwangmyong.lab.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.yaml.Nearest;

/** Which trials of an experiment are wanted: words that name tools, regimes or conditions; no word of a kind wants all of it. */
final class BenchFilter {
    private final Set<String> tools = new LinkedHashSet<>();
    private final Set<String> regimes = new LinkedHashSet<>();
    private final Set<String> conditions = new LinkedHashSet<>();

    /** @throws UsageException when a word names nothing */
    BenchFilter(Experiment experiment, List<String> words) {
        for (String word : words) {
            boolean known = false;
            if (experiment.tools().stream().map(Tool::name).anyMatch(word::equals)) {
                known = tools.add(word) || known;
            }
            if (experiment.regimes().stream().map(Regime::name).anyMatch(word::equals)) {
                known = regimes.add(word) || known;
            }
            if (experiment.conditions().stream().map(Condition::name).anyMatch(word::equals)) {
                known = conditions.add(word) || known;
            }
            if (!known) {
                throw new UsageException("--only: '" + word + "' is no tool, regime or condition of this experiment"
                        + Nearest.hint(word, names(experiment)));
            }
        }
    }

    private static Set<String> names(Experiment experiment) {
        Set<String> names = new TreeSet<>();
        experiment.tools().forEach(tool -> names.add(tool.name()));
        experiment.regimes().forEach(regime -> names.add(regime.name()));
        experiment.conditions().forEach(condition -> names.add(condition.name()));
        return names;
    }

    boolean wants(TrialId id) {
        return (tools.isEmpty() || tools.contains(id.tool()))
                && (regimes.isEmpty() || regimes.contains(id.regime()))
                && (conditions.isEmpty() || conditions.contains(id.condition()));
    }
}
