package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Over random labs and requests, what comes over the wire, what {@code kwm explain} says and what the naive evaluator decides are the same.
 * {@code -Dkwm.wire.labs=N} and {@code -Dkwm.wire.requests=N} (a lab) ask more, {@code -Dkwm.wire.seed=N} asks again.
 */
final class WireAgreementIT {
    private static final int LABS = Integer.getInteger("kwm.wire.labs", 4);
    private static final int REQUESTS = Integer.getInteger("kwm.wire.requests", 400);
    private static final int AT_ONCE = 32;

    @Test
    void explainTheWireAndTheNaiveEvaluatorAgreeOnRandomLabs() throws Exception {
        long first = Long.getLong("kwm.wire.seed", System.nanoTime() & Integer.MAX_VALUE);
        System.out.println("seeds " + first + " to " + (first + LABS - 1) + ", " + REQUESTS + " requests each");
        long begun = System.nanoTime();
        Map<String, Integer> asked = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (long seed = first; seed < first + LABS; seed++) {
            try (var garden = new RandomGarden(seed)) {
                for (WireQuestion.Outcome outcome : ask(new WireQuestions(garden, seed).some(REQUESTS))) {
                    asked.merge(outcome.kind(), 1, Integer::sum);
                    if (!outcome.isAgreement()) {
                        differences.add("seed " + seed + ": " + outcome);
                    }
                }
            }
        }
        System.out.println(asked.values().stream().mapToInt(Integer::intValue).sum() + " answers in "
                + (System.nanoTime() - begun) / 1_000_000 + " ms, by what was expected: " + asked);
        assertThat(differences).as("%d differences", differences.size()).isEmpty();
    }

    private static List<WireQuestion.Outcome> ask(List<WireQuestion> questions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<List<WireQuestion.Outcome>>> tasks = new ArrayList<>();
            questions.forEach(question -> tasks.add(question::ask));
            List<WireQuestion.Outcome> outcomes = new ArrayList<>();
            for (Future<List<WireQuestion.Outcome>> answer : threads.invokeAll(tasks)) {
                outcomes.addAll(answer.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long to wait for what should not come, and for what should. */
    static Duration patience(boolean nothingShouldCome) {
        return nothingShouldCome ? Duration.ofMillis(300) : Duration.ofSeconds(60);
    }
}
