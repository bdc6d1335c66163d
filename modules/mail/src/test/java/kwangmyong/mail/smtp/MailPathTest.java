package kwangmyong.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailPathTest {
    @ParameterizedTest
    @CsvSource({
        "'<a@b.kp>', a@b.kp, ''",
        "' <A.B@B.KP>', a.b@b.kp, ''",
        "'<a@b.kp> SIZE=1 BODY=7BIT', a@b.kp, 'SIZE=1 BODY=7BIT'",
        "'<>', '', ''",
        "'<> SIZE=1', '', 'SIZE=1'",
        "'<Postmaster>', postmaster, ''",
        "'<@relay.kp,@other.kp:a@b.kp>', a@b.kp, ''",
        "'<\"a b\"@c.kp>', a b@c.kp, ''",
        "'<\"a>\\\"b\"@c.kp> X', 'a>\"b@c.kp', X",
        "'<a@[10.76.0.1]>', 'a@[10.76.0.1]', ''",
        "'<a@[IPv6:fd00::1]>', 'a@[ipv6:fd00::1]', ''",
        "'<김책@silibank.net.kp>', 김책@silibank.net.kp, ''",
        "'<a@조선.kp>', a@xn--6i4bt7k.kp, ''",
        "'<a+b=c/d@e.kp>', a+b=c/d@e.kp, ''",
    })
    void reads(String text, String address, String rest) {
        MailPath path = MailPath.parse(octets(text));
        assertThat(path).isNotNull();
        assertThat(path.address()).isEqualTo(address);
        assertThat(path.rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a@b.kp",
                "<a@b.kp",
                "<a@b.kp>x",
                "<a>",
                "<@b.kp>",
                "<a@>",
                "<a b@c.kp>",
                "<a..b@c.kp>",
                "<.a@c.kp>",
                "<a@-b.kp>",
                "<a@b_c.kp>",
                "<\"a@b.kp>",
                "<\"a\"b@c.kp>",
                "<\"\"@c.kp>",
                "<a@[nonsense]>",
                "<a@b..kp>",
                "<a\t@b.kp>",
                "<a@b.kp\0>",
                "< >",
                "<a@b@c@>",
                "<a@1.2.3.4 >",
            })
    void refuses(String text) {
        assertThat(MailPath.parse(octets(text))).isNull();
    }

    @Test
    void refusesWhatPassesItsLimits() {
        assertThat(MailPath.parse("<" + "a".repeat(64) + "@b.kp>")).isNotNull();
        assertThat(MailPath.parse("<" + "a".repeat(65) + "@b.kp>")).isNull();
        assertThat(MailPath.parse("<a@" + "b.".repeat(130) + "kp>")).isNull();
        assertThat(MailPath.parse("<" + "\u00ea\u00b0\u0080".repeat(22) + "@b.kp>"))
                .isNull();
        assertThat(MailPath.parse("<\u00ff@b.kp>")).isNull(); // not UTF-8
    }

    @Test
    void writesOneHangulSyllableOneWay() {
        MailPath decomposed = MailPath.parse(octets("<\u1100\u1161@b.kp>"));

        assertThat(decomposed).isNotNull();
        assertThat(decomposed.address()).isEqualTo("\uac00@b.kp");
        assertThat(decomposed.isInternational()).isTrue();
    }

    @Tag("fuzz")
    @Test
    void endsOnAnyInput() {
        List<byte[]> samples = List.of(
                "<a@b.kp> SIZE=1".getBytes(StandardCharsets.UTF_8),
                "<\"a\\\"b\"@[IPv6:fd00::1]>".getBytes(StandardCharsets.UTF_8),
                "<@x:김책@조선.kp> SMTPUTF8".getBytes(StandardCharsets.UTF_8));
        SeededFuzz.of(samples, 20_000).tryAll(input -> {
            MailPath path =
                    MailPath.parse(new String(input, 0, Math.min(input.length, 4_096), StandardCharsets.ISO_8859_1));
            if (path != null) {
                assertThat(path.address()).doesNotContain("\r", "\n", "\0");
                MailParameters.parse(path.rest());
            }
        });
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
