package kwangmyong.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingTest {
    @ParameterizedTest
    @CsvSource({
        "portal.kp, portal.kp, -1",
        "Portal.KP., portal.kp, -1",
        "portal.kp:, portal.kp, -1",
        "portal.kp:10080, portal.kp, 10080",
        "10.76.0.1:80, 10.76.0.1, 80",
        "[fd00:76::1]:443, fd00:76::1, 443",
        "_dmarc.silibank.net.kp, _dmarc.silibank.net.kp, -1"
    })
    void readsAuthorities(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":80",
                "a..b",
                "a b",
                "a/b",
                "user@a",
                "a:65536",
                "a:-1",
                "a:1x",
                "a:123456",
                "[::1",
                "[::zz]",
                "[a]",
                "fd00::1",
                "[::1]80",
                "a%00b",
                "광명.kp"
            })
    void refusesWhatIsNoAuthority(String text) {
        assertThat(Authority.parse(text)).isNull();
    }

    @Test
    void decodesFormsOfEveryScript() {
        Parameters form = Parameters.parse("q=%EA%B4%91%EB%AA%85+%2B1&empty=&bare&q=second&=x");
        assertThat(form.all("q")).containsExactly("광명 +1", "second");
        assertThat(form.first("empty")).isEmpty();
        assertThat(form.first("bare")).isEmpty();
        assertThat(form.first("absent")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%", "%C3", "%ED%A0%80", "%c0%80"})
    void refusesBadEncoding(String text) {
        assertThatThrownBy(() -> PercentCoding.decode(text, false))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void refusesMoreFieldsThanAForm() {
        assertThatThrownBy(() -> Parameters.parse("a&".repeat(Parameters.MOST_FIELDS + 1)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesControlCharactersInWhatItSends() {
        assertThatThrownBy(() -> Reply.plain("").with("Location", "/\r\nSet-Cookie: a=b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsOnEveryInputAndThrowsOnlyRefusals() {
        long seed = Long.getLong("kwm.fuzz.seed", 20_261_122L);
        int rounds = Integer.getInteger("kwm.fuzz.rounds", 100_000);
        System.out.println("ParsingTest seed " + seed);
        Random random = new Random(seed);
        byte[] alphabet = "%=&+;:/?#[]@.aZ09\u0000\u007f\u00ff \r\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            Authority.parse(text);
            try {
                Parameters.parse(text);
            } catch (Refusal refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
            String encoded = PercentCoding.encode(text);
            assertThat(PercentCoding.decode(encoded, true)).isEqualTo(text);
        }
    }
}
