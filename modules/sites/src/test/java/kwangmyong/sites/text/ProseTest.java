package kwangmyong.sites.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import kwangmyong.sites.text.Prose.Block;
import kwangmyong.sites.text.Prose.Span;
import kwangmyong.web.page.Language;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProseTest {
    @Test
    void readsEachKindOfBlock() {
        List<Block> blocks =
                Prose.blocks(List.of("## 머리", "one", "two", "", "- a", "- b", "> note", "| x | y |", "| 1 | 2 |"));

        assertThat(blocks)
                .containsExactly(
                        new Block.Heading(List.of(new Span.Plain("머리"))),
                        new Block.Paragraph(List.of(new Span.Plain("one two"))),
                        new Block.Items(List.of(List.of(new Span.Plain("a")), List.of(new Span.Plain("b")))),
                        new Block.Note(List.of(new Span.Plain("note"))),
                        new Block.Table(List.of(
                                List.of(List.of(new Span.Plain("x")), List.of(new Span.Plain("y"))),
                                List.of(List.of(new Span.Plain("1")), List.of(new Span.Plain("2"))))));
    }

    @Test
    void readsEachKindOfSpan() {
        assertThat(Prose.spans("a **b** [c](/d) {{e}} f"))
                .containsExactly(
                        new Span.Plain("a "),
                        new Span.Strong("b"),
                        new Span.Plain(" "),
                        new Span.Link("c", "/d"),
                        new Span.Plain(" "),
                        new Span.Leader("e"),
                        new Span.Plain(" f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x](javascript:alert(1))", "[x](data:text/html,y)", "[x]()", "**", "{{}}", "[", "](/a)"})
    void takesWhatIsNotItsMarkupForText(String line) {
        assertThat(Prose.spans(line)).noneMatch(span -> span instanceof Span.Link);
        assertThat(Prose.plain(Prose.spans(line))).isEqualTo(line);
    }

    @Tag("fuzz")
    @Test
    void neverFailsOnRandomText() {
        long seed = Long.getLong("kwm.fuzz.seed", 42);
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "ab*[](){}|>-# \n:/한";
        for (int round = 0; round < Integer.getInteger("kwm.fuzz.rounds", 5_000); round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Prose.blocks(List.of(text.toString().split("\n", -1))))
                    .as("seed %d: %s", seed, text)
                    .isNotNull();
        }
    }

    @Test
    void readsAPageInTwoLanguagesAndAnswersTheMissingOneInTheOther() {
        Leaf both = Leaf.parse(List.of("title: Sea | 바다", "order: 2", ":en", "blue", ":ko", "푸르다"));
        Leaf one = Leaf.parse(List.of("title: Sea", ":en", "blue"));

        assertThat(both.title(Language.KOREAN)).isEqualTo("바다");
        assertThat(both.field("order", Language.KOREAN)).isEqualTo("2");
        assertThat(both.body(Language.KOREAN)).isNotEqualTo(both.body(Language.ENGLISH));
        assertThat(one.title(Language.KOREAN)).isEqualTo("Sea");
        assertThat(one.spoken(Language.KOREAN)).isEqualTo(Language.ENGLISH);
        assertThat(one.body(Language.KOREAN)).isEqualTo(one.body(Language.ENGLISH));
    }

    @Test
    void saysWhatAPageLacks() {
        assertThatThrownBy(() -> Leaf.parse(List.of(":en", "x"))).hasMessage("it has no title");
        assertThatThrownBy(() -> Leaf.parse(List.of("title: x"))).hasMessage("it has no body (:en or :ko)");
    }
}
