package kwangmyong.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\r\nSet-Cookie: stolen=1",
                "/\nSet-Cookie: stolen=1",
                "/\rSet-Cookie: stolen=1",
                "/\u0000",
                "/\u007f",
                "/\u0085",
                "/\u010d\u010a", // which a careless encoder makes into CR and LF
            })
    void refusesAValueThatCouldEndItsLine(String value) {
        Headers some = Headers.NONE.with("Location", "/");
        assertThatThrownBy(() -> some.with("Location", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> some.plus("Link", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.redirect(303, value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.bytes(200, value, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsNamesWithoutRegardToCase() {
        Headers read = Headers.copyOf(List.of(Map.entry("X-A", "1"), Map.entry("x-a", "2")));
        assertThat(read.all("X-a")).containsExactly("1", "2");
        assertThat(read.with("x-A", "3").all("X-A")).containsExactly("3");
    }
}
