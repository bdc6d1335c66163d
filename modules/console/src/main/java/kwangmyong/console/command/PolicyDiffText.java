package kwangmyong.console.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.PolicyDiff;
import org.jspecify.annotations.Nullable;

/** What changes from one set of rules to another, in lines for people: what changes alike stands together. */
public final class PolicyDiffText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm");

    private PolicyDiffText() {}

    /** One resource and how its decision changes. */
    private record What(String resource, @Nullable Instant at, String before, String after) {}

    /** With times in a zone. */
    public static List<String> of(PolicyDiff diff, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        if (diff.isEmpty()) {
            lines.add(
                    diff.before().equals(diff.after())
                            ? "The rules are the same (" + diff.before() + ")."
                            : "Every decision is the same (" + diff.compared() + " compared).");
            return lines;
        }
        Map<What, Map<String, Map<String, Set<String>>>> changes = new LinkedHashMap<>();
        for (PolicyDiff.Change change : diff.changes()) {
            var what = new What(change.resource(), change.at(), words(change.before()), words(change.after()));
            changes.computeIfAbsent(what, first -> new LinkedHashMap<>())
                    .computeIfAbsent(change.action(), first -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            Objects.requireNonNullElse(change.attachment(), "no attachment"),
                            first -> new LinkedHashSet<>())
                    .add(Objects.requireNonNullElse(change.subject(), ExplainRequest.NOBODY));
        }
        changes.forEach((what, byAction) -> {
            Map<Map<String, Set<String>>, List<String>> alike = new LinkedHashMap<>();
            byAction.forEach((action, who) ->
                    alike.computeIfAbsent(who, first -> new ArrayList<>()).add(action));
            alike.forEach((who, actions) -> lines.addAll(lines(what, actions, who, zone)));
        });
        lines.add(diff.changes().size() + " decisions change, of " + diff.compared() + " compared.");
        return lines;
    }

    private static List<String> lines(What what, List<String> actions, Map<String, Set<String>> who, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        Instant at = what.at();
        lines.add(String.join(", ", actions) + " " + what.resource()
                + (at == null ? "" : "  (as at " + TIME.format(at.atZone(zone)) + ")"));
        lines.add("    " + what.before() + "  ->  " + what.after());
        Map<Set<String>, List<String>> places = new LinkedHashMap<>();
        who.forEach((place, subjects) ->
                places.computeIfAbsent(subjects, first -> new ArrayList<>()).add(place));
        places.forEach((subjects, where) ->
                lines.add("    " + String.join(", ", subjects) + " at " + String.join(", ", where)));
        return lines;
    }

    private static String words(LayerDecision decision) {
        return decision.verdict() + " by " + decision.rule() + " (" + decision.reason() + ", " + decision.presentation()
                + ")";
    }
}
