package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kwangmyong.bench.result.Trial;
import kwangmyong.bench.result.Visible;

/** A comparison for people at a terminal: a line a change, and a summary as the last. */
public final class ComparisonText {
    /** Of changes that come in crowds: groups of one run alone, decisions, members of lock.json. JSON has all. */
    private static final int MOST = 12;

    private final List<String> lines = new ArrayList<>();

    private ComparisonText() {}

    /** The lines, without line ends. What the network or a program may have chosen cannot change how a terminal shows them. */
    public static List<String> of(Comparison comparison) {
        ComparisonText text = new ComparisonText();
        comparison
                .outcomes()
                .forEach(change -> text.line(
                        "outcome", change.group(), Matrix.words(change.before()), Matrix.words(change.after())));
        comparison
                .stoppings()
                .forEach(change -> text.line("stopped", change.group(), names(change.before()), names(change.after())));
        comparison
                .measures()
                .forEach(change -> text.line(
                        "measure",
                        change.group() + "  " + change.measure(),
                        mean(change.before()),
                        mean(change.after()) + "  × " + Words.number(change.ratio())));
        first(comparison.onlyBefore()).forEach(group -> text.line("gone", group, "run", "not run"));
        text.more(comparison.onlyBefore(), "gone", "groups");
        first(comparison.onlyAfter()).forEach(group -> text.line("new", group, "not run", "run"));
        text.more(comparison.onlyAfter(), "new", "groups");
        text.decisions(comparison);
        text.lock(comparison);
        text.lines.add(summary(comparison));
        return text.lines.stream().map(Visible::line).toList();
    }

    private void decisions(Comparison comparison) {
        for (Comparison.DecisionChange change : first(comparison.decisions())) {
            int all = change.gone().size() + change.come().size();
            String sample = change.gone().isEmpty()
                    ? "+ " + ruling(change.come().get(0))
                    : "- " + ruling(change.gone().get(0));
            lines.add(String.format(
                    "%-9s %s  %s%s",
                    "decision", change.trial(), sample, all > 1 ? "  and " + (all - 1) + " more" : ""));
        }
        more(comparison.decisions(), "decision", "trials");
    }

    private void lock(Comparison comparison) {
        for (LockChange change : first(comparison.lock())) {
            line(
                    "lock",
                    change.name(),
                    change.before() == null ? "none" : change.before(),
                    change.after() == null ? "none" : change.after());
        }
        more(comparison.lock(), "lock", "members");
    }

    private void line(String kind, String what, String before, String after) {
        lines.add(String.format("%-9s %s  %s -> %s", kind, what, before, after));
    }

    private void more(List<?> changes, String kind, String what) {
        if (changes.size() > MOST) {
            lines.add(String.format("%-9s and %d %s more (--json has all)", kind, changes.size() - MOST, what));
        }
    }

    private static <T> List<T> first(List<T> changes) {
        return changes.subList(0, Math.min(MOST, changes.size()));
    }

    private static String names(Set<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    private static String mean(Comparison.Mean mean) {
        return Words.number(mean.mean()) + " [" + Words.number(mean.low()) + ", " + Words.number(mean.high()) + "]";
    }

    private static String ruling(Trial.Ruling ruling) {
        return ruling.subject() + " " + ruling.layer() + " " + ruling.resource() + " " + ruling.verdict() + " "
                + ruling.rule();
    }

    private static String summary(Comparison comparison) {
        int outcomes = comparison.outcomes().size()
                + comparison.onlyBefore().size()
                + comparison.onlyAfter().size();
        return "kwm: " + Words.count(comparison.groups(), "group") + " in both; "
                + (outcomes == 0 ? "the same outcomes" : Words.count(outcomes, "other outcome")) + ", "
                + Words.count(comparison.stoppings().size(), "other stop") + ", "
                + Words.count(comparison.measures().size(), "moved measurement") + ", "
                + (comparison.decisions().isEmpty()
                        ? "the same decisions"
                        : Words.count(comparison.decisions().size(), "trial") + " with other decisions");
    }
}
