package kwangmyong.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameIndexTest {
    private static final int RANDOM_INDEXES = Integer.getInteger("kwm.indexes", 1_000);
    private static final int NAMES_EACH = 40;

    @ParameterizedTest
    @CsvSource({
        "a.b.edu.kp, '*, .kp, .edu.kp, a.*.edu.kp, a.b.edu.kp', a.b.edu.kp",
        "a.c.edu.kp, '*, .kp, .edu.kp, .c.edu.kp, a.*.edu.kp', a.*.edu.kp",
        "a.c.edu.kp, '*, .kp, .edu.kp', .edu.kp",
        "edu.kp, '*, .kp, *.edu.kp', .kp",
        "x.a.c.edu.kp, '.a.*.edu.kp, x.a.*.edu.kp, .edu.kp', x.a.*.edu.kp",
        "a.b.c.kp, 'a.*.*.kp, a.*.c.kp', a.*.c.kp",
        "com, '*, .kp', *",
        "'', '*, .kp', *",
        "notkcna.kp, .kcna.kp, ",
    })
    void theMostSpecificNameComesFirst(String name, String patterns, @Nullable String expected) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns.split(", ", -1)) {
            rules.add(DefaultLab.allow(pattern, "resident", pattern));
        }
        assertThat(decider(index(rules), name)).isEqualTo(expected);
    }

    @Test
    void findsExactlyWhatThePatternsMatch() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < RANDOM_INDEXES; i++) {
            List<Rule> rules = new ArrayList<>();
            for (int rule = random.nextInt(12); rule >= 0; rule--) {
                String pattern = pattern(random);
                rules.add(DefaultLab.allow(pattern, "resident", pattern));
            }
            NameIndex index = index(rules);
            for (int turn = 0; turn < NAMES_EACH; turn++) {
                String name = name(random);
                String found = decider(index, name);
                boolean any =
                        rules.stream().anyMatch(rule -> rule.names().get(0).matches(name));
                assertThat(found != null)
                        .as("seed %d: %s under %s finds %s", seed, name, rules, found)
                        .isEqualTo(any);
                assertThat(found == null || new NamePattern(found).matches(name))
                        .as("seed %d: %s under %s finds %s", seed, name, rules, found)
                        .isTrue();
            }
        }
    }

    private static String pattern(Random random) {
        var text = new StringBuilder(random.nextInt(4) == 0 ? "." : "");
        if (text.length() == 0 && random.nextInt(4) == 0) {
            text.append("*.");
        }
        text.append("abc".charAt(random.nextInt(3)));
        for (int more = random.nextInt(5); more > 0; more--) {
            text.append('.').append(more > 1 ? "abc**".charAt(random.nextInt(5)) : "abc".charAt(random.nextInt(3)));
        }
        return random.nextInt(40) == 0 ? "*" : text.toString();
    }

    /** Mostly names; sometimes with empty labels, or none. */
    private static String name(Random random) {
        var text = new StringBuilder();
        for (int more = random.nextInt(7); more > 0; more--) {
            text.append(random.nextInt(30) == 0 ? "" : "abc".charAt(random.nextInt(3)))
                    .append(more > 1 || random.nextInt(30) == 0 ? "." : "");
        }
        return text.toString();
    }

    private static NameIndex index(List<Rule> rules) {
        return new NameIndex(rules, DefaultLab.policy().captive());
    }

    private static @Nullable String decider(NameIndex index, String name) {
        var question =
                new Question("anybody", "anywhere", Clearance.NONE, Terms.bit(Action.RESOLVE), Instant.EPOCH, null);
        index.ask(index.find(name), name, question);
        CompiledRule decider = question.decider();
        return decider == null ? null : decider.id();
    }
}
