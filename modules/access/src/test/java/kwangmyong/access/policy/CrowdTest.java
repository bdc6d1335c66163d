package kwangmyong.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.testkit.NaiveEvaluator;
import org.junit.jupiter.api.Test;

final class CrowdTest {
    private static final int LABS = 60;
    private static final int RULES = 60;
    private static final int ACCESSES = 60;
    private static final List<String> NAMES = List.of("a.kp", ".a.kp", "*.kp", "x.*.kp", "*");

    @Test
    void manyRulesOfOneNameThatNameSubjectsDecideAsOneByOne() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        for (int lab = 0; lab < LABS; lab++) {
            Policy policy = DefaultLab.with(DefaultLab.policy(), rules(random));
            PolicySnapshot snapshot = PolicySnapshot.of(policy);
            var naive = new NaiveEvaluator(policy);
            for (int turn = 0; turn < ACCESSES; turn++) {
                Access access = access(policy, random);
                assertThat(NaiveEvaluator.comparable(Decisions.decide(snapshot, access)))
                        .as("seed %d, lab %d, turn %d", seed, lab, turn)
                        .isEqualTo(naive.decide(access));
            }
        }
    }

    private static List<Rule> rules(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            String needed = random.nextBoolean() ? "resident" : "official + directory";
            String name = NAMES.get(random.nextInt(NAMES.size()));
            Rule plain =
                    random.nextInt(4) == 0 ? DefaultLab.deny("r" + i, name) : DefaultLab.allow("r" + i, needed, name);
            rules.add(new Rule(
                    plain.id(),
                    plain.effect(),
                    plain.names(),
                    plain.needed(),
                    subjects(random),
                    random.nextInt(4) == 0 ? Set.of("campus") : Set.of(),
                    random.nextInt(4) == 0 ? Set.of(Action.FETCH) : Set.of(),
                    null,
                    random.nextInt(6) == 0,
                    null));
        }
        return rules;
    }

    private static Set<String> subjects(Random random) {
        Set<String> names = new HashSet<>();
        for (int more = random.nextInt(4); more > 0; more--) {
            names.add(subject(DefaultLab.policy(), random).name());
        }
        return names;
    }

    private static Subject subject(Policy policy, Random random) {
        return policy.subjects().get(random.nextInt(policy.subjects().size()));
    }

    private static Access access(Policy policy, Random random) {
        var terminal = DefaultLab.address("10.76.20.11");
        Session session = random.nextInt(8) == 0
                ? null
                : new Session(
                        "s", subject(policy, random).name(), terminal, Instant.EPOCH, null, Session.Origin.PORTAL);
        var attachment =
                policy.attachments().get(random.nextInt(policy.attachments().size()));
        String name = List.of("a.kp", "b.a.kp", "x.y.kp", "c.kp", "com").get(random.nextInt(5));
        Action action = random.nextBoolean() ? Action.FETCH : Action.RESOLVE;
        return new Access(
                new Identity(terminal, attachment, session),
                Layer.DNS,
                action,
                new Resource.Name(name, "A"),
                Instant.EPOCH);
    }
}
