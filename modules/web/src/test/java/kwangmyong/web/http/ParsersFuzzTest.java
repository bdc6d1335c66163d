package kwangmyong.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pages read of a request, damaged: read, or refused with 400. */
@Tag("fuzz")
class ParsersFuzzTest {
    private static final int ROUNDS = 20_000;

    @Test
    void anyAuthorityIsOneOrNone() {
        SeededFuzz.ofTexts(ROUNDS, "portal.kp:10080", "[fd00:76::1]:443", "10.76.0.1", "_dmarc.silibank.net.kp.")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    Authority authority = Authority.parse(text);
                    if (authority != null) {
                        assertThat(authority.host()).isNotEmpty().doesNotContain(" ", "/", "@", "\r", "\n");
                        assertThat(authority.port()).isBetween(-1, 65_535);
                    }
                });
    }

    @Test
    void anyFormIsReadOrRefused() {
        SeededFuzz.ofTexts(ROUNDS, "name=resident&password=%EA%B4%91+1&form-token=a", "q=%ED%99%94%ED%95%99&=x&y")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    try {
                        assertThat(Parameters.parse(text).all("q")).doesNotContainNull();
                    } catch (Refusal refused) {
                        assertThat(refused.status()).isEqualTo(400);
                    }
                });
    }

    @Test
    void anyTextComesBackFromItsEncoding() {
        SeededFuzz.ofTexts(ROUNDS, "광명 +1", "a%zz%20/?&=", "\u0000\u007f").tryAll(StandardCharsets.UTF_8, text -> {
            assertThat(PercentCoding.decode(PercentCoding.encode(text), true)).isEqualTo(text);
            try {
                PercentCoding.decode(text, false);
            } catch (Refusal refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        });
    }
}
