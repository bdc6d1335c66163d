package kwangmyong.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/**
 * One trial with its evidence.
 *
 * @param file where its trial.json is
 * @param journal where its journal is; null where there is none
 * @param stopped what stopped it, in words; null where nothing did or nobody knows
 * @param exposure what its journal holds, in words
 * @param lines of its journal that matter; empty where there is no journal
 * @param commands to look further, from the folder of the results
 */
record TrialCard(
        String id,
        String anchor,
        String file,
        @Nullable String journal,
        Outcome outcome,
        String why,
        String begun,
        String took,
        String seed,
        @Nullable String client,
        String said,
        @Nullable String stopped,
        List<Check> checks,
        @Nullable String exposure,
        List<Excerpt.Line> lines,
        int left,
        @Nullable String trouble,
        @Nullable String overhead,
        List<String> leaks,
        List<File> files,
        List<String> commands) {
    /** Bounds the page for tools that leave hundreds of files. */
    private static final int MOST_FILES = 24;

    /** A probe. */
    record Check(String probe, Outcome outcome, String why, List<Value> values, List<File> evidence) {}

    record Value(String name, String text) {}

    record File(String name, String href, String size) {}

    static TrialCard of(Results.Place place, Path results, Anchors anchors) {
        Trial trial = place.trial();
        Excerpt excerpt = place.has(ResultsFolder.JOURNAL)
                ? Excerpt.read(results.resolve(place.folder()).resolve(ResultsFolder.JOURNAL))
                : declared(trial);
        Trial.Client client = trial.client();
        Trial.Overhead overhead = trial.overhead();
        return new TrialCard(
                trial.id(),
                anchors.of(place),
                Anchors.href(place.folder() + "/" + ResultsFolder.TRIAL),
                place.has(ResultsFolder.JOURNAL) ? Anchors.href(place.folder() + "/" + ResultsFolder.JOURNAL) : null,
                trial.outcome(),
                trial.why(),
                Words.time(trial.begun()),
                Words.took(trial.begun(), trial.ended()),
                Long.toString(trial.seed()),
                client == null
                        ? null
                        : (client.up() ? "ready after " : "given up after ") + Words.number(client.seconds()) + " s",
                client == null ? "" : client.said(),
                trial.stoppedBy() == null ? null : stopped(trial.stoppedBy()),
                trial.probes().stream().map(probe -> check(probe, place)).toList(),
                trial.exposure() == null ? null : exposure(trial.exposure()),
                excerpt.lines(),
                excerpt.left(),
                excerpt.trouble(),
                overhead == null
                        ? null
                        : "set-up " + Words.number(overhead.setupMs()) + " ms, tear-down "
                                + Words.number(overhead.teardownMs()) + " ms",
                trial.waysOut(),
                files(place),
                commands(place));
    }

    /** The decisions that trial.json has, for a folder whose journal was left out. */
    private static Excerpt declared(Trial trial) {
        List<Excerpt.Line> lines = trial.decisions().stream()
                .map(ruling -> new Excerpt.Line(
                        "",
                        ruling.layer(),
                        ruling.subject(),
                        "",
                        ruling.resource(),
                        ruling.verdict(),
                        ruling.rule(),
                        "",
                        "",
                        1))
                .toList();
        return Excerpt.choose(lines, null);
    }

    private static String stopped(Trial.Stop stop) {
        List<String> words = new ArrayList<>();
        words.add(stop.layer());
        words.add(stop.rule().isEmpty() ? "no rule named" : "rule " + stop.rule());
        words.add(stop.reason());
        words.add(stop.resource());
        words.add(stop.presentation().isEmpty() ? "" : "seen as " + stop.presentation());
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" · "));
    }

    private static Check check(Trial.Probe probe, Results.Place place) {
        List<Value> values = new ArrayList<>();
        probe.values().forEach((name, value) -> values.add(new Value(name.replace('_', ' '), Words.value(value))));
        return new Check(
                probe.probe(),
                probe.outcome(),
                probe.why(),
                values,
                probe.evidence().stream()
                        .filter(place::has)
                        .map(name -> file(place, name, ""))
                        .toList());
    }

    private static String exposure(Trial.Exposure exposure) {
        String layers = exposure.byLayer().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return Words.count(exposure.lines(), "line") + ", of which " + Words.count(exposure.denials(), "denial")
                + (layers.isEmpty() ? "" : " (" + layers + ")");
    }

    /** What no probe names as its evidence; empty files say nothing. */
    private static List<File> files(Results.Place place) {
        Set<String> evidence = place.trial().probes().stream()
                .flatMap(probe -> probe.evidence().stream())
                .collect(Collectors.toSet());
        List<Results.Entry> others = place.files().stream()
                .filter(file -> file.octets() > 0 && !evidence.contains(file.name()))
                .toList();
        List<File> files = others.stream()
                .limit(MOST_FILES)
                .map(file -> file(place, file.name(), Words.size(file.octets())))
                .collect(Collectors.toCollection(ArrayList::new));
        if (others.size() > MOST_FILES) {
            files.add(
                    new File("and " + (others.size() - MOST_FILES) + " more", Anchors.href(place.folder()) + "/", ""));
        }
        return files;
    }

    private static File file(Results.Place place, String name, String size) {
        return new File(name, Anchors.href(place.folder() + "/" + name), size);
    }

    private static List<String> commands(Results.Place place) {
        List<String> commands = new ArrayList<>();
        if (place.has(ResultsFolder.CAPTURE)) {
            String capture = quoted(place.folder() + "/" + ResultsFolder.CAPTURE);
            commands.add("tshark -r " + capture);
            commands.add("tshark -r " + capture + " -Y frame.comment -T fields -e frame.number -e frame.comment");
        }
        if (place.has(ResultsFolder.JOURNAL)) {
            commands.add("grep '\"verdict\":\"deny\"' " + quoted(place.folder() + "/" + ResultsFolder.JOURNAL));
        }
        Trial trial = place.trial();
        Trial.Stop stop = trial.stoppedBy();
        if (stop != null && !stop.resource().isEmpty()) {
            String subject = trial.decisions().stream()
                    .filter(ruling -> ruling.resource().equals(stop.resource())
                            && !ruling.subject().isEmpty())
                    .map(Trial.Ruling::subject)
                    .findFirst()
                    .orElse("nobody");
            commands.add("scripts/kwm explain --lab " + quoted("lab-configs/regimes/" + trial.regime()) + " "
                    + quoted(subject) + " " + quoted(target(stop.resource())));
        }
        return commands;
    }

    /** A resource without the record type that the journal's names have: {@code dailynk.com A}. */
    private static String target(String resource) {
        int space = resource.indexOf(' ');
        return space < 0 ? resource : resource.substring(0, space);
    }

    /** One word for a shell. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Its group's part of the page. */
    record Bundle(
            Group.Key key, String anchor, String shape, String words, List<String> stops, List<TrialCard> trials) {
        static Bundle of(Group group, Path results, Anchors anchors) {
            Map<Outcome, Integer> tally = group.tally();
            return new Bundle(
                    group.key(),
                    anchors.of(group),
                    Matrix.shape(group),
                    Matrix.words(tally),
                    group.stoppings().stream()
                            .map(stop -> stop.layer() + " · " + stop.rule()
                                    + (stop.reason().isEmpty() ? "" : " · " + stop.reason()) + " × " + stop.count())
                            .toList(),
                    group.places().stream()
                            .map(place -> TrialCard.of(place, results, anchors))
                            .toList());
        }
    }
}
