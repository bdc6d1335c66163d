package kwangmyong.bench.result;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tool against one regime under one condition, once: the contents of a trial.json. What a file leaves out is null, empty or zero.
 *
 * @param id {@code REGIME/CONDITION/TOOL/N}, the trial's folder below {@code trials/}
 * @param repetition from 1
 * @param begun by the machine's clock, as {@code ended}
 * @param why the outcome in a sentence
 * @param stoppedBy the decision or technique that stopped it; null where nothing did or nobody knows
 * @param decisions each distinct decision of the journal once, in its order
 * @param leaks ways out that the check after the trial found; null where it was not made
 * @param watch what that check looked at; null where it was not made
 * @param files names within the trial's folder
 */
public record Trial(
        String id,
        String regime,
        String condition,
        String tool,
        int repetition,
        long seed,
        @Nullable Instant begun,
        @Nullable Instant ended,
        Outcome outcome,
        String why,
        @Nullable Stop stoppedBy,
        @Nullable Client client,
        List<Probe> probes,
        @Nullable Exposure exposure,
        List<Ruling> decisions,
        @Nullable Overhead overhead,
        @Nullable List<String> leaks,
        @Nullable Watch watch,
        List<String> files) {
    public Trial {
        why = orEmpty(why);
        probes = orNone(probes);
        decisions = orNone(decisions);
        leaks = leaks == null ? null : List.copyOf(leaks);
        files = orNone(files);
    }

    /** Ways out that were found; none where nobody looked. */
    public List<String> waysOut() {
        return leaks == null ? List.of() : leaks;
    }

    /**
     * What stopped a trial.
     *
     * @param layer the journal's service: dns, gateway, border
     * @param rule the rule's id, {@code default} when none allowed it
     * @param reason the journal's code: {@code no-rule}
     * @param presentation how it looked on the wire: {@code nxdomain}, {@code 451}
     */
    public record Stop(String layer, String rule, String reason, String resource, String presentation) {
        public Stop {
            layer = orEmpty(layer);
            rule = orEmpty(rule);
            reason = orEmpty(reason);
            resource = orEmpty(resource);
            presentation = orEmpty(presentation);
        }
    }

    /**
     * The tool's half at the terminal.
     *
     * @param up whether it said or showed that it was ready
     * @param seconds from its start until it was ready, or was given up
     * @param said its last words
     */
    public record Client(boolean up, double seconds, String said) {
        public Client {
            said = orEmpty(said);
        }
    }

    /**
     * One check.
     *
     * @param values what it measured: numbers with their unit in the name ({@code seconds_to_first_byte}), texts, truths; in order
     * @param evidence names of files within the trial's folder
     */
    public record Probe(String probe, Outcome outcome, String why, Map<String, Object> values, List<String> evidence) {
        public Probe {
            probe = orEmpty(probe);
            outcome = outcome == null ? Outcome.ERROR : outcome;
            why = orEmpty(why);
            values = values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
            evidence = orNone(evidence);
        }
    }

    /**
     * What the journal holds of it: what would have noticed the tool.
     *
     * @param byLayer lines by the journal's service, in order
     */
    public record Exposure(long lines, long denials, Map<String, Long> byLayer) {
        public Exposure {
            byLayer = byLayer == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(byLayer));
        }
    }

    /** One decision, as two runs with the same seed must both have it. */
    public record Ruling(String subject, String layer, String resource, String verdict, String rule) {
        public Ruling {
            subject = orEmpty(subject);
            layer = orEmpty(layer);
            resource = orEmpty(resource);
            verdict = orEmpty(verdict);
            rule = orEmpty(rule);
        }
    }

    /** The bench's own share of a trial's time in milliseconds, the tool's programs not counted. */
    public record Overhead(double setupMs, double teardownMs) {}

    // What a file says may be absent, whatever the types promise.
    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
