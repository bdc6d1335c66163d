package kwangmyong.bench.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The experiment as it was run: the contents of run.json. What a file leaves out is null, empty or zero.
 *
 * @param experiment the name of its file, without {@code .yaml}
 * @param tools in the order that a report shows
 * @param conditions by name: delay, jitter, loss and rate as the experiment's file says them
 * @param command what to type to run it again
 * @param whole whether every trial has ended
 * @param leaks ways out that were found, each with the trial that it was found after; null where nobody has looked yet
 * @param watch what was looked at; null where nobody has looked yet
 */
public record Run(
        String experiment,
        String title,
        long seed,
        int repetitions,
        List<String> tools,
        List<String> regimes,
        Map<String, Map<String, String>> conditions,
        List<String> probes,
        String target,
        List<Expectation> expect,
        String command,
        @Nullable Instant begun,
        @Nullable Instant ended,
        boolean whole,
        @Nullable List<String> leaks,
        @Nullable Watch watch) {
    public Run {
        experiment = experiment == null ? "" : experiment;
        title = title == null ? "" : title;
        tools = tools == null ? List.of() : List.copyOf(tools);
        regimes = regimes == null ? List.of() : List.copyOf(regimes);
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        if (conditions != null) {
            conditions.forEach((name, settings) -> all.put(name, settings == null ? Map.of() : settings));
        }
        conditions = Collections.unmodifiableMap(all);
        probes = probes == null ? List.of() : List.copyOf(probes);
        target = target == null ? "" : target;
        expect = expect == null
                ? List.of()
                : expect.stream().filter(each -> each.outcome() != null).toList();
        command = command == null ? "" : command;
        leaks = leaks == null ? null : List.copyOf(leaks);
    }

    /** The same, with what the checks after its trials say. */
    public Run watched(List<Trial> trials) {
        Watch all = Watch.of(trials);
        List<String> found = new ArrayList<>();
        trials.forEach(trial -> trial.waysOut().forEach(way -> found.add(trial.id() + ": " + way)));
        return all.checks() == 0 ? this : with(found, all);
    }

    private Run with(List<String> found, Watch looked) {
        return new Run(
                experiment,
                title,
                seed,
                repetitions,
                tools,
                regimes,
                conditions,
                probes,
                target,
                expect,
                command,
                begun,
                ended,
                whole,
                found,
                looked);
    }
}
