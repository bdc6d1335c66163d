package kwangmyong.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void whatHidesIsShownAsAnEscape() {
        assertThat(Visible.text("a\u0000b\u001b[31m\u202Ec\u200Bd\uD800"))
                .isEqualTo("a\\u0000b\\u001b[31m\\u202ec\\u200bd\\ud800");
    }

    @Test
    void whatIsLegibleStaysAsItIs() {
        String legible = "광명 · العربية · 😀 · line\n\tnext";
        assertThat(Visible.text(legible)).isSameAs(legible);
    }
}
