package kwangmyong.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Request.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final Headers HOST = Headers.copyOf(List.of(Map.entry("Host", "news.kp:8080")));

    @ParameterizedTest
    @CsvSource(textBlock = """
        /,                        news.kp, 8080, /,    ''
        /a?b=c,                   news.kp, 8080, /a,   b=c
        //a,                      news.kp, 8080, //a,  ''
        /a?u=http://x/,           news.kp, 8080, /a,   u=http://x/
        *,                        news.kp, 8080, /,    ''
        http://lib.kp/x?y,        lib.kp,  -1,   /x,   y
        HTTP://LIB.kp:81?y,       lib.kp,  81,   /,    y
        https://[fd00::1],        fd00::1, -1,   /,    ''
        """)
    void readsEveryForm(String uri, String host, int port, String path, String query) {
        assertThat(Targets.read("http", uri, HOST, true)).isEqualTo(new Target("http", host, port, path, query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ftp://a/", "http://", "http://u@a/", "http://a:b/", "/a#b", "http:/a", "://a"})
    void refusesWhatIsNoTarget(String uri) {
        assertThatThrownBy(() -> Targets.read("http", uri, HOST, true)).isInstanceOf(Refusal.class);
    }

    @Test
    void letsAnOldClientNameNoHost() {
        assertThat(Targets.read("http", "/", Headers.NONE, false).host()).isEmpty();
        assertThatThrownBy(() -> Targets.read("http", "/", Headers.NONE, true)).isInstanceOf(Refusal.class);
    }
}
