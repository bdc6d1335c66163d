package kwangmyong.access.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.policy.Rule;
import org.junit.jupiter.api.Test;

final class TailTableTest {
    /** Of one hash: 257 less one, to the eighth, is nothing in 64 bits, and these are the ways to read its coefficients. */
    private static final String ONE = "iiiiiiiii";

    private static final String OTHER = twin();

    /** The other text of {@link #ONE}'s hash: each character more or less by a binomial coefficient. */
    private static String twin() {
        int[] coefficients = {1, -8, 28, -56, 70, -56, 28, -8, 1};
        var text = new StringBuilder();
        for (int i = 0; i < coefficients.length; i++) {
            text.append((char) (ONE.charAt(i) + coefficients[i]));
        }
        return text.toString();
    }

    @Test
    void namesOfOneHashAreNotTakenForEachOther() {
        assertThat(TailTable.hash(OTHER)).isEqualTo(TailTable.hash(ONE)).isNotZero();
        for (List<String> patterns : List.of(List.of(ONE), List.of(OTHER), List.of(ONE, OTHER), List.of(OTHER, ONE))) {
            TailTable table = table(patterns);
            for (String name : List.of(ONE, OTHER, "a." + ONE, "a." + OTHER)) {
                String wanted =
                        patterns.stream().filter(name::endsWith).findFirst().orElse("");
                assertThat(table.node(table.find(name)).tail)
                        .as("%s among %s", name, patterns)
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void findsTheLongestTailOfEveryNameAmongMany() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        Set<String> patterns = new HashSet<>();
        while (patterns.size() < 5_000) {
            patterns.add(name(random));
        }
        Set<String> tails = new HashSet<>(Set.of(""));
        patterns.forEach(pattern -> tailsOf(pattern).forEach(tails::add));
        TailTable table = table(new ArrayList<>(patterns));
        for (int i = 0; i < 50_000; i++) {
            String name = name(random);
            String longest =
                    tailsOf(name).stream().filter(tails::contains).findFirst().orElse("");
            assertThat(table.node(table.find(name)).tail)
                    .as("seed %d: %s", seed, name)
                    .isEqualTo(longest);
        }
    }

    @Test
    void charactersOfMoreThanAnOctetAreCompared() {
        TailTable table = table(List.of("광명.kp", "\u0100.kp"));
        assertThat(table.node(table.find("광명.kp")).tail).isEqualTo("광명.kp");
        assertThat(table.node(table.find("www.광명.kp")).tail).isEqualTo("광명.kp");
        assertThat(table.node(table.find("광면.kp")).tail).isEqualTo("kp");
        assertThat(table.node(table.find("\u0000.kp")).tail).isEqualTo("kp");
    }

    @Test
    void moreTermsThanAreNumberedAreAskedFor() {
        var some = new Vocabulary();
        Rule rule = DefaultLab.allow("r", "resident", "kcna.kp");
        for (int i = 0; i <= Character.MAX_VALUE; i++) {
            assertThat(some.number(terms(rule, "s" + i))).isEqualTo(i);
        }
        assertThat(some.number(terms(rule, "one more"))).isEqualTo(-1);
        assertThat(some.number(terms(rule, "s7"))).isEqualTo(7);
        assertThat(some.all()[7]).isEqualTo(terms(rule, "s7"));
    }

    private static Terms terms(Rule rule, String subject) {
        return Terms.of(new Rule(
                rule.id(),
                rule.effect(),
                rule.names(),
                rule.needed(),
                Set.of(subject),
                Set.of(),
                Set.of(),
                null,
                false,
                null));
    }

    /** Itself first, the last label last. */
    private static List<String> tailsOf(String name) {
        List<String> tails = new ArrayList<>(List.of(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            tails.add(name.substring(dot + 1));
        }
        return tails;
    }

    private static String name(Random random) {
        var text = new StringBuilder();
        for (int labels = random.nextInt(4); labels >= 0; labels--) {
            text.append(Integer.toString(random.nextInt(40), 36)).append(labels == 0 ? "" : ".");
        }
        return text.toString();
    }

    private static TailTable table(List<String> names) {
        var builder = new NameIndexBuilder(new Node(null, ""));
        names.forEach(builder::addCaptive);
        builder.finish();
        return new TailTable(builder.nodes());
    }
}
