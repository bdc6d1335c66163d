package kwangmyong.bench.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.bench.result.ResultException;
import kwangmyong.bench.result.ResultJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lines of a trial's journal that matter: each distinct decision once, denials first where not all have room.
 *
 * @param lines in the journal's order
 * @param left how many distinct decisions found no room
 * @param trouble why the journal could not be read to its end; null when it was
 */
record Excerpt(List<Line> lines, int left, @Nullable String trouble) {
    private static final int MOST = 8;
    /** Characters of a resource that are shown: those of a DNS tunnel are long, and each is another. */
    private static final int LONGEST = 120;
    /** Bounds the memory for journals of tunnels, each of whose questions is another resource. */
    private static final int MOST_DISTINCT = 10_000;

    /**
     * A decision.
     *
     * @param seq of the first line that has it
     * @param times how many events had it
     */
    record Line(
            String seq,
            String layer,
            String subject,
            String action,
            String resource,
            String verdict,
            String rule,
            String reason,
            String presentation,
            long times) {
        Line seen(String firstSeq, long often) {
            return new Line(firstSeq, layer, subject, action, resource, verdict, rule, reason, presentation, often);
        }

        boolean isDenial() {
            return verdict.equals("deny");
        }
    }

    /** Of a journal of JSON Lines, as docs/journal.md has it. */
    static Excerpt read(Path journal) {
        Map<Line, Line> distinct = new LinkedHashMap<>();
        String trouble = null;
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(journal, StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    add(ResultJson.tree(text), distinct);
                }
            }
        } catch (ResultException broken) {
            trouble = "line " + number + " is no JSON; what follows it was not read";
        } catch (IOException broken) {
            trouble = "it could not be read beyond line " + number;
        }
        return choose(List.copyOf(distinct.values()), trouble);
    }

    private static void add(JsonNode event, Map<Line, Line> distinct) {
        String verdict = text(event, "verdict");
        if (verdict.isEmpty()) {
            return; // an event that nobody had to allow
        }
        Line key = new Line(
                "",
                text(event, "service"),
                text(event, "subject"),
                text(event, "action"),
                shortened(text(event, "resource")),
                verdict,
                text(event, "rule"),
                text(event, "code"),
                text(event, "presentation"),
                0);
        long times = Math.max(1, event.path("count").asLong(1));
        Line known = distinct.get(key);
        if (known != null || distinct.size() < MOST_DISTINCT) {
            distinct.put(
                    key,
                    key.seen(
                            known == null ? text(event, "seq") : known.seq(),
                            known == null ? times : known.times() + times));
        }
    }

    static Excerpt choose(List<Line> all, @Nullable String trouble) {
        List<Line> chosen = new ArrayList<>();
        all.stream().filter(Line::isDenial).limit(MOST).forEach(chosen::add);
        all.stream()
                .filter(line -> !line.isDenial())
                .limit(MOST - chosen.size())
                .forEach(chosen::add);
        return new Excerpt(all.stream().filter(chosen::contains).toList(), all.size() - chosen.size(), trouble);
    }

    private static String shortened(String resource) {
        return resource.length() <= LONGEST ? resource : resource.substring(0, LONGEST) + "…";
    }

    private static String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}
