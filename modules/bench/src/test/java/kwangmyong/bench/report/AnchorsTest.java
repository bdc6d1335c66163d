package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    @Test
    void aPathStaysRelativeWhateverItsNames() {
        assertThat(Anchors.href("trials/open/plain/ssh/1/trial.json")).isEqualTo("trials/open/plain/ssh/1/trial.json");
        assertThat(Anchors.href("javascript:alert(1)")).isEqualTo("javascript%3Aalert%281%29");
        assertThat(Anchors.href("광명/a b?c#d%")).isEqualTo("%EA%B4%91%EB%AA%85/a%20b%3Fc%23d%25");
    }

    @Test
    void namesThatLookAlikeHaveAnchorsOfTheirOwn() {
        Group one = new Group(new Group.Key("a b", "plain", "ssh"), List.of());
        Group two = new Group(new Group.Key("a-b", "plain", "ssh"), List.of());
        Group three = new Group(new Group.Key("a\"b", "plain", "ssh"), List.of());
        Anchors anchors = new Anchors(List.of(one, two, three));
        assertThat(List.of(anchors.of(one), anchors.of(two), anchors.of(three)))
                .containsExactly("a-b/plain/ssh", "a-b/plain/ssh~2", "a-b/plain/ssh~3");
    }
}
