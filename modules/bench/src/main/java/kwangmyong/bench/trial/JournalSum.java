package kwangmyong.bench.trial;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/** What a trial's lines of the journal come to. */
final class JournalSum {
    private static final String DENY = "deny";
    private static final String MANY_NAMES = "*";

    private final List<JournalEntry> lines;
    private final List<Fold> folds;
    private final List<Fold> foldsOfQuestions;

    /** @param fold as {@link Fold#of} reads them */
    JournalSum(List<JournalEntry> lines, List<String> fold) {
        this.lines = List.copyOf(lines);
        this.folds = fold.stream().map(Fold::of).toList();
        this.foldsOfQuestions = fold.stream().map(Fold::ofQuestion).toList();
    }

    /** Each distinct decision once. Lines that stand for many names, past an asker's share, are none: which they stand for is a matter of time. */
    List<Trial.Ruling> rulings() {
        Set<Trial.Ruling> rulings = new LinkedHashSet<>();
        for (JournalEntry line : lines) {
            if (line.get("verdict") != null && !MANY_NAMES.equals(line.get("resource"))) {
                rulings.add(new Trial.Ruling(
                        text(line, "subject"),
                        text(line, "service"),
                        resource(line),
                        text(line, "verdict"),
                        text(line, "rule")));
            }
        }
        return List.copyOf(rulings);
    }

    private String resource(JournalEntry line) {
        String resource = text(line, "resource");
        for (Fold fold : text(line, "service").equals("dns") ? foldsOfQuestions : folds) {
            resource = fold.apply(resource);
        }
        return resource;
    }

    Trial.Exposure exposure() {
        Map<String, Long> byLayer = new LinkedHashMap<>();
        long denials = 0;
        long all = 0;
        for (JournalEntry line : lines) {
            byLayer.merge(text(line, "service"), line.count(), Long::sum);
            all += line.count();
            denials += DENY.equals(line.get("verdict")) ? line.count() : 0;
        }
        return new Trial.Exposure(all, denials, byLayer);
    }

    /** How many lines each layer wrote by which rule with which verdict: what would have noticed the trial. */
    Map<List<String>, Long> notices() {
        Map<List<String>, Long> notices =
                new TreeMap<>((one, other) -> String.join("\0", one).compareTo(String.join("\0", other)));
        for (JournalEntry line : lines) {
            if (line.get("verdict") != null) {
                notices.merge(
                        List.of(text(line, "service"), text(line, "verdict"), text(line, "rule")),
                        line.count(),
                        Long::sum);
            }
        }
        return notices;
    }

    /**
     * The denial that most likely stopped it: the last that names something that it went for, else the last.
     *
     * @param wanted names and addresses that it went for
     */
    Trial.@Nullable Stop stop(Set<String> wanted) {
        List<Pattern> names = wanted.stream()
                .filter(each -> !each.isEmpty())
                .map(JournalSum::naming)
                .toList();
        JournalEntry last = null;
        JournalEntry named = null;
        for (JournalEntry line : lines) {
            if (DENY.equals(line.get("verdict"))) {
                last = line;
                String resource = text(line, "resource");
                named = names.stream().anyMatch(name -> name.matcher(resource).find()) ? line : named;
            }
        }
        JournalEntry stop = named == null ? last : named;
        return stop == null
                ? null
                : new Trial.Stop(
                        text(stop, "service"),
                        text(stop, "rule"),
                        text(stop, "code"),
                        resource(stop),
                        text(stop, "presentation"));
    }

    /** A name, by itself or at the end of a longer one, or an address, with or without a port; not one that merely begins or ends alike. */
    private static Pattern naming(String wanted) {
        String alone = wanted.contains(":")
                ? "(?<![0-9A-Fa-f:])%s(?![0-9A-Fa-f]|:(?![0-9]{1,5}(?:/|$)))"
                : "(?<![A-Za-z0-9-])%s(?![A-Za-z0-9-])";
        return Pattern.compile(alone.formatted(Pattern.quote(wanted)), Pattern.CASE_INSENSITIVE);
    }

    private static String text(JournalEntry line, String field) {
        String text = line.get(field);
        return text == null ? "" : text;
    }
}
