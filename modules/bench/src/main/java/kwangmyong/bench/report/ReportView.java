package kwangmyong.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Run;

/**
 * Everything that the page says.
 *
 * @param counts of outcomes over all trials
 * @param chapters groups with their trials, by regime
 * @param guard whether anything left the lab
 */
record ReportView(
        Run run,
        String title,
        String begun,
        String took,
        int planned,
        int ended,
        List<Count> counts,
        List<String> conditions,
        List<String> unfinished,
        List<Results.Fault> faults,
        List<Matrix> matrices,
        Findings findings,
        List<Trace> traces,
        List<Figure> figures,
        List<Chapter> chapters,
        Guard guard,
        Settings settings,
        List<TrialCard.File> files) {
    record Count(Outcome outcome, int trials) {}

    /** One regime's trials. */
    record Chapter(String regime, List<TrialCard.Bundle> bundles) {}

    static ReportView of(Results results) {
        List<Group> groups = Group.of(results);
        Anchors anchors = new Anchors(groups);
        Run run = results.run();
        return new ReportView(
                run,
                run.title().isEmpty() ? run.experiment() : run.title(),
                Words.time(run.begun()),
                Words.took(run.begun(), run.ended()),
                results.planned(),
                results.trials().size(),
                counts(results),
                run.conditions().entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + Matrix.settings(entry.getValue()) + ")")
                        .toList(),
                results.unfinished(),
                results.faults(),
                Matrix.of(results, groups, anchors),
                Findings.of(results, groups, anchors),
                Trace.of(results, groups, anchors),
                Figure.of(results, groups, anchors),
                chapters(results.folder(), groups, anchors),
                Guard.of(results),
                Settings.of(results.lock()),
                results.files().stream()
                        .filter(name -> !name.equals(ResultsFolder.REPORT))
                        .map(name -> new TrialCard.File(name, Anchors.href(name), ""))
                        .toList());
    }

    private static List<Count> counts(Results results) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        results.trials().forEach(place -> counts.merge(place.trial().outcome(), 1, Integer::sum));
        List<Count> all = new ArrayList<>();
        counts.forEach((outcome, trials) -> all.add(new Count(outcome, trials)));
        return all;
    }

    private static List<Chapter> chapters(Path folder, List<Group> groups, Anchors anchors) {
        Map<String, List<TrialCard.Bundle>> byRegime = new LinkedHashMap<>();
        for (Group group : groups) {
            byRegime.computeIfAbsent(group.key().regime(), regime -> new ArrayList<>())
                    .add(TrialCard.Bundle.of(group, folder, anchors));
        }
        List<Chapter> chapters = new ArrayList<>();
        byRegime.forEach((regime, bundles) -> chapters.add(new Chapter(regime, bundles)));
        return chapters;
    }
}
