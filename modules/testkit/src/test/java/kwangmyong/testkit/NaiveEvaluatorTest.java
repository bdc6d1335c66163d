package kwangmyong.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.policy.NamePattern;
import org.junit.jupiter.api.Test;

class NaiveEvaluatorTest {
    private static final int LABS = 300;
    private static final int ACCESSES = 100;

    @Test
    void readsPatternsAsTheKernelDoes() {
        var names = new RandomNames(new Random(7));
        for (int i = 0; i < 20_000; i++) {
            NamePattern pattern = names.pattern();
            String name = names.name();
            assertThat(NaiveNames.covers(pattern, name))
                    .as("%s covers %s", pattern, name)
                    .isEqualTo(pattern.matches(name));
        }
    }

    @Test
    void theSameSeedGivesTheSameLabAndAccesses() {
        var one = new RandomLab(11);
        var other = new RandomLab(11);
        assertThat(one.policy()).isEqualTo(other.policy());
        for (int i = 0; i < ACCESSES; i++) {
            assertThat(one.access()).isEqualTo(other.access());
        }
    }

    @Test
    void randomLabsReachEveryReasonThatADecisionCanHave() {
        Map<Reason, Integer> reached = new HashMap<>();
        for (int seed = 0; seed < LABS; seed++) {
            var lab = new RandomLab(seed);
            var naive = new NaiveEvaluator(lab.policy());
            for (int i = 0; i < ACCESSES; i++) {
                Access access = lab.access();
                Decision decision = naive.decide(access);
                assertThat(naive.decide(access)).isEqualTo(decision);
                reached.merge(decision.reason(), 1, Integer::sum);
            }
        }
        assertThat(reached)
                .containsKeys(
                        Reason.RULE,
                        Reason.CAPTIVE,
                        Reason.OWN_MAILBOX,
                        Reason.CORRESPONDENT,
                        Reason.LOGGED_IN,
                        Reason.NO_RULE,
                        Reason.FORBIDDEN,
                        Reason.CLEARANCE,
                        Reason.WRONG_SUBJECT,
                        Reason.WRONG_PLACE,
                        Reason.WRONG_HOUR,
                        Reason.NOT_LOGGED_IN,
                        Reason.UNKNOWN_TERMINAL,
                        Reason.NOT_LOCAL,
                        Reason.NO_MAILBOX,
                        Reason.NOT_PAIRED,
                        Reason.WRITE_DOWN,
                        Reason.NOT_OWNER);
    }
}
