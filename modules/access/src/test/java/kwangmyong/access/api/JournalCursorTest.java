package kwangmyong.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCursorTest {
    @Test
    void isANumberWhereTheLabWritesAlone() {
        assertThat(JournalCursor.of(412)).hasToString("412");
        assertThat(JournalCursor.parse("412")).isEqualTo(JournalCursor.of(412));
        assertThat(JournalCursor.parse("0")).isEqualTo(JournalCursor.START);
        assertThat(JournalCursor.START).hasToString("0");
    }

    @Test
    void namesEveryChainWhereThereAreSeveral() {
        var cursor = new JournalCursor(Map.of("lab", 412L, "gateway", 77L, "dns", 0L));
        assertThat(cursor).hasToString("gateway:77,lab:412");
        assertThat(JournalCursor.parse("gateway:77,lab:412")).isEqualTo(cursor);
        assertThat(cursor.with("dns", 3).seq("dns")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "a", "4,4", "lab:4,4", "gateway:", ":4", "Gate way:4", "1234567890123456789", "4;5"})
    void refusesWhatItDidNotGive(String text) {
        assertThatThrownBy(() -> JournalCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
