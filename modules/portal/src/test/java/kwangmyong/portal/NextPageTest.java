package kwangmyong.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NextPageTest {
    /** Everything that one browser or another has been seen to take for a way elsewhere, or for a script. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "http:/evil.example",
                "https:\\\\evil.example",
                "http://\\evil.example",
                "http://kcna.kp\\@evil.example/",
                "http://kcna.kp@evil.example/",
                "http://kcna.kp:80@evil.example/",
                "http://kcna.kp/\r\nLocation: http://evil.example/",
                "http://kcna.kp/\n",
                "\thttp://evil.example/",
                " http://evil.example/",
                "ht\ntp://evil.example/",
                "http:\t//evil.example/",
                "http://evil.exa\nmple/",
                "http:///evil.example",
                "http://",
                "http://?a",
                "http://evil。example/",
                "http://ev%69l.example%2fa/",
                "javascript:alert(1)",
                "JaVaScRiPt://kcna.kp/%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "view-source:http://kcna.kp/",
                "ftp://kcna.kp/",
                "http://kcna.kp/\"onmouseover=alert(1)",
                "http://kcna.kp/<b>",
            })
    void takesNothingButAPlainUrl(String next) {
        assertThat(NextPage.parse(next)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://kcna.kp/a?b=%0d%0a#c, kcna.kp",
        "HTTPS://lib.kut.edu.kp, lib.kut.edu.kp",
        "http://kcna.kp:8080/, kcna.kp",
        "http://kcna.kp/http://evil.example/, kcna.kp",
        "http://evil.example/, evil.example", // shown with its host, and never followed by itself
    })
    void saysWhereALinkLeads(String next, String host) {
        assertThat(NextPage.parse(next)).isEqualTo(new NextPage(next, host));
    }
}
