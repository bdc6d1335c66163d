package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors are those of RFC 9018, appendix A. */
final class ServerCookiesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SECRET = HEX.parseHex("e5e973e5a6b2a43f48e7dc849e37bfcf");

    @ParameterizedTest
    @CsvSource({
        "e5e973e5a6b2a43f48e7dc849e37bfcf, 198.51.100.100, 1559731985, 2464c4abcf10c957,"
                + " 010000005cf79f111f8130c3eee29480",
        "e5e973e5a6b2a43f48e7dc849e37bfcf, 198.51.100.100, 1559734385, 2464c4abcf10c957,"
                + " 010000005cf7a871d4a564a1442aca77",
        "e5e973e5a6b2a43f48e7dc849e37bfcf, 203.0.113.203, 1559734700, fc93fc62807ddb86,"
                + " 010000005cf7a9acf73a7810aca2381e",
        "445536bcd2513298075a5d379663c962, 2001:db8:220:1:59de:d0f4:8769:82b8, 1559741961, 22681ab97d52c298,"
                + " 010000005cf7c609a6bb79d16625507a",
        "dd3bdf9344b678b185a6f5cb60fca715, 2001:db8:220:1:59de:d0f4:8769:82b8, 1559741817, 22681ab97d52c298,"
                + " 010000005cf7c57926556bd0934c72f8"
    })
    void makesTheCookiesThatOtherServersMake(String secret, String client, long time, String cookie, String server) {
        Instant when = Instant.ofEpochSecond(time);
        ServerCookies cookies = new ServerCookies(HEX.parseHex(secret), null, when);
        byte[] answer = cookies.answer(HEX.parseHex(cookie), false, Addresses.parse(client), when);
        assertThat(HEX.formatHex(answer)).isEqualTo(cookie + server);
        assertThat(cookies.accepts(answer, Addresses.parse(client), when)).isTrue();
    }

    @Test
    void takesWhatStandsInTheReservedOctetsAsItIs() {
        Instant when = Instant.ofEpochSecond(1559734700);
        ServerCookies cookies = new ServerCookies(SECRET, null, when);
        byte[] cookie = HEX.parseHex("fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5");
        assertThat(cookies.accepts(cookie, Addresses.parse("203.0.113.203"), Instant.ofEpochSecond(0x5cf78f71L)))
                .isTrue();
    }

    @Test
    void knowsACookieForAnHourAndGivesANewOneAfterHalf() {
        Instant made = Instant.ofEpochSecond(1_800_000_000);
        ServerCookies cookies = new ServerCookies(SECRET, null, made);
        var client = Addresses.parse("10.76.20.11");
        byte[] first = cookies.answer(new byte[8], false, client, made);
        assertThat(cookies.answer(first, true, client, made.plusSeconds(1800))).isEqualTo(first);
        assertThat(cookies.answer(first, true, client, made.plusSeconds(1801))).isNotEqualTo(first);
        assertThat(cookies.accepts(first, client, made.plusSeconds(3600))).isTrue();
        assertThat(cookies.accepts(first, client, made.plusSeconds(3601))).isFalse();
        assertThat(cookies.accepts(first, client, made.minusSeconds(300))).isTrue();
        assertThat(cookies.accepts(first, client, made.minusSeconds(301))).isFalse();
    }

    @Test
    void refusesACookieOfAnotherClientOrServerOrAnAlteredOne() {
        Instant when = Instant.ofEpochSecond(1_800_000_000);
        ServerCookies cookies = new ServerCookies(SECRET, null, when);
        var client = Addresses.parse("10.76.20.11");
        byte[] cookie = cookies.answer(new byte[8], false, client, when);
        assertThat(cookies.accepts(cookie, Addresses.parse("10.76.20.12"), when))
                .isFalse();
        assertThat(new ServerCookies().accepts(cookie, client, when)).isFalse();
        for (int octet = 0; octet < cookie.length; octet++) {
            byte[] altered = cookie.clone();
            altered[octet] ^= 1;
            assertThat(cookies.accepts(altered, client, when))
                    .as("octet " + octet)
                    .isFalse();
        }
    }

    @Test
    void rollsItsSecretEachDayAndKnowsTheOneBefore() {
        Instant made = Instant.ofEpochSecond(1_800_000_000);
        ServerCookies cookies = new ServerCookies(SECRET, null, made);
        var client = Addresses.parse("10.76.20.11");
        Instant eve = made.plus(Duration.ofDays(1)).minusSeconds(60);
        byte[] old = cookies.answer(new byte[8], false, client, eve);
        Instant next = eve.plusSeconds(120);
        assertThat(cookies.accepts(old, client, next)).isTrue();
        assertThat(cookies.answer(new byte[8], false, client, next))
                .isNotEqualTo(new ServerCookies(SECRET, null, next).answer(new byte[8], false, client, next));
    }
}
