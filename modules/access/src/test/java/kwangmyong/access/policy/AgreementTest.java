package kwangmyong.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.testkit.NaiveEvaluator;
import kwangmyong.testkit.RandomLab;
import org.junit.jupiter.api.Test;

/** The indexed rules and the naive evaluator, written apart from the same words, agree on whatever is asked. */
final class AgreementTest {
    private static final long LABS = Long.getLong("kwm.labs", 100);
    private static final int ACCESSES = 200;

    @Test
    void indexAndNaiveEvaluatorAgreeOnRandomLabs() {
        long first = Long.getLong("kwm.seed", System.nanoTime());
        LongStream.range(first, first + LABS).forEach(AgreementTest::agreeOn);
    }

    private static void agreeOn(long seed) {
        var lab = new RandomLab(seed);
        PolicySnapshot snapshot = PolicySnapshot.of(lab.policy());
        var naive = new NaiveEvaluator(lab.policy());
        for (int turn = 0; turn < ACCESSES; turn++) {
            Access access = lab.access();
            Decision decision = NaiveEvaluator.comparable(Decisions.decide(snapshot, access));
            Decision expected = naive.decide(access);
            if (!decision.equals(expected)) { // describing costs more than deciding
                assertThat(decision)
                        .as(
                                "seed %d, turn %d: %s under %s",
                                seed, turn, access, lab.policy().rules())
                        .isEqualTo(expected);
            }
        }
    }
}
