package kwangmyong.bench.recipe;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import kwangmyong.bench.result.Expectation;

/**
 * Tools by regimes by conditions by repetitions.
 *
 * @param seed of the order of trials
 * @param target the name of the host in the world that probes go for
 * @param settings of the probes
 */
public record Experiment(
        String name,
        String title,
        long seed,
        int repetitions,
        List<Tool> tools,
        List<Regime> regimes,
        List<Condition> conditions,
        Set<ProbeKind> probes,
        String target,
        Settings settings,
        List<Expectation> expectations) {
    /**
     * How long probes may take, and how much they ask for.
     *
     * @param fetchWithin of one fetch
     * @param latencyFetches how many small fetches
     * @param throughputOctets of the one large fetch, at most what the world hands out
     * @param stabilityFor how long stability is watched
     * @param stabilityEvery how often something is fetched meanwhile
     */
    public record Settings(
            Duration fetchWithin,
            int latencyFetches,
            long throughputOctets,
            Duration stabilityFor,
            Duration stabilityEvery) {
        /** When an experiment says nothing. */
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(10), 10, 1 << 20, Duration.ofSeconds(60), Duration.ofSeconds(2));
    }

    public Experiment {
        tools = List.copyOf(tools);
        regimes = List.copyOf(regimes);
        conditions = List.copyOf(conditions);
        probes = Set.copyOf(probes);
        expectations = List.copyOf(expectations);
    }
}
