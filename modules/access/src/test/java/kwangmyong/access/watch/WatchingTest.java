package kwangmyong.access.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kwangmyong.access.api.Watch;
import kwangmyong.access.api.Watch.Sign;
import kwangmyong.access.api.Watch.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WatchingTest {
    private static final Instant TIME = Instant.parse("2026-03-01T09:00:00Z");
    private static final String SUBJECT = "academic";

    private final Watching watching = new Watching(WatchConfig.DEFAULT, ZoneOffset.UTC, host -> host.endsWith(".kp"));
    private Instant now = TIME;
    private int lines;

    private static Sighting line(
            Instant time,
            @Nullable String subject,
            String action,
            String host,
            @Nullable String type,
            int port,
            @Nullable String code,
            @Nullable String detail,
            int count,
            int id) {
        boolean denied = code != null && !code.equals("rule");
        return new Sighting(
                time, subject, "10.76.20.11", action, host, type, port, denied, code, detail, count, "line-" + id);
    }

    private void question(String name, String type, @Nullable String code) {
        watching.see(line(now, SUBJECT, "resolve", name, type, 0, code, null, 1, ++lines));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Watch score() {
        return watching.scores(now).stream()
                .filter(watch -> SUBJECT.equals(watch.subject()))
                .findFirst()
                .orElse(new Watch(SUBJECT, null, 0, Standing.ORDINARY, now, now, List.of()));
    }

    private List<String> kinds() {
        return score().signs().stream().map(Sign::kind).toList();
    }

    static Stream<Arguments> behaviours() {
        return Stream.of(
                behaviour("reads the library all day", 0, 0, test -> {
                    for (int i = 0; i < 600; i++) {
                        test.question("namsan.aca.kp", "A", "rule");
                        test.question("lib" + i % 7 + ".edu.kp", "AAAA", "rule");
                        test.pass(Duration.ofSeconds(40));
                    }
                }),
                behaviour("asks once for everything there is, as the tour does", 0, 20, test -> {
                    for (int i = 0; i < 25; i++) {
                        test.question("inside" + i + ".kp", "A", i % 3 == 0 ? "clearance" : "rule");
                        test.question("world" + i % 6 + ".example", "A", "no-rule");
                    }
                }),
                behaviour("has a browser that calls home", 0, 24, test -> {
                    for (int i = 0; i < 200; i++) {
                        test.question("telemetry" + i % 8 + ".browser.example", "A", "no-rule");
                        test.pass(Duration.ofSeconds(20));
                    }
                }),
                behaviour("uses sites whose images are at names of a content network", 0, 20, test -> {
                    for (int i = 0; i < 120; i++) {
                        test.question("img" + i + ".cdn.rodong.rep.kp", "A", "rule");
                    }
                }),
                behaviour("asks for one name of the world after another", 25, 70, test -> {
                    for (int i = 0; i < 150; i++) {
                        test.question("site" + i + ".example", "A", "no-rule");
                        test.pass(Duration.ofSeconds(20));
                    }
                }),
                behaviour("runs iodine that gets through", 60, 100, test -> test.iodine("rule", 800)),
                behaviour("runs iodine that is denied", 60, 100, test -> test.iodine("no-rule", 800)),
                behaviour("runs iodine that gives up at once", 20, 59, test -> test.iodine("no-rule", 12)),
                behaviour("runs dns2tcp", 55, 100, test -> test.dns2tcp("rule", 400)),
                behaviour("tries one resolver after another", 20, 59, test -> {
                    for (String resolver : List.of("8.8.8.8", "1.1.1.1", "9.9.9.9", "2001:db8::53")) {
                        test.flow(resolver, 53);
                        test.flow(resolver, 853);
                    }
                }),
                behaviour("names known resolvers over HTTPS", 20, 59, test -> {
                    for (String resolver : List.of("dns.google", "cloudflare-dns.com", "dns.quad9.net")) {
                        test.question(resolver, "A", "no-rule");
                    }
                }),
                behaviour("tries other names at a seat", 20, 59, test -> {
                    for (int i = 0; i < 6; i++) {
                        test.logIn("seat-mismatch");
                    }
                }),
                behaviour("mistypes a password", 0, 0, test -> {
                    for (int i = 0; i < 4; i++) {
                        test.logIn("bad-credentials");
                    }
                }),
                behaviour("guesses passwords", 25, 59, test -> {
                    for (int i = 0; i < 80; i++) {
                        test.logIn("bad-credentials");
                    }
                }));
    }

    private static Arguments behaviour(String what, int least, int most, Consumer<WatchingTest> doing) {
        return Arguments.of(what, least, most, doing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void scoresWhatSomebodyDoes(String what, int least, int most, Consumer<WatchingTest> doing) {
        doing.accept(this);
        assertThat(score().score()).as("%s", score()).isBetween(least, most);
    }

    /** As iodine 0.7 asks: NULL first, then whatever else gets through, names nearly as long as names can be. */
    private void iodine(String code, int count) {
        var random = new Random(3);
        for (int i = 0; i < count; i++) {
            String name = i < 6
                    ? "yrbi" + text(random, 4, "abcdefghijklmnopqrstuvwxyz012345")
                    : "0" + text(random, 60, "abcdefghijklmnopqrstuvwxyz012345") + "."
                            + text(random, 57, "abcdefghijklmnopqrstuvwxyz012345");
            question(name + ".t.example.com", i % 8 == 7 ? "TXT" : "NULL", code);
            pass(Duration.ofMillis(120));
        }
    }

    private void dns2tcp(String code, int count) {
        var random = new Random(4);
        for (int i = 0; i < count; i++) {
            question(
                    text(random, 48, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
                            + ".dns.example.com",
                    "TXT",
                    code);
            pass(Duration.ofMillis(200));
        }
    }

    private static String text(Random random, int length, String alphabet) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private void flow(String address, int port) {
        watching.see(line(now, SUBJECT, "flow", address, null, port, "no-rule", null, 1, ++lines));
    }

    private void logIn(String code) {
        watching.see(line(now, SUBJECT, "log-in", "gateway", null, 0, code, null, 1, ++lines));
    }

    @Test
    void everyPointIsExplainedWithWhatWasCountedAndTheThreshold() {
        for (int i = 0; i < 40; i++) {
            question("site" + i + ".example", "A", "no-rule");
        }
        Watch score = score();
        assertThat(score.score())
                .isEqualTo(score.signs().stream().mapToInt(Sign::points).sum());
        assertThat(score.signs()).anySatisfy(sign -> {
            assertThat(sign.kind()).isEqualTo("world-names");
            assertThat(sign.explanation())
                    .isEqualTo(
                            "40 different hosts of the world asked for and denied within an hour; it counts from 15 on");
            assertThat(sign.value()).isEqualTo(40);
            assertThat(sign.threshold()).isEqualTo(15);
            assertThat(sign.examples()).containsExactly("line-36", "line-37", "line-38", "line-39", "line-40");
        });
        assertThat(score.terminal()).isEqualTo("10.76.20.11");
    }

    @Test
    void whatWasSeenFadesWithTheLabsClock() {
        iodine("rule", 800);
        int high = score().score();
        pass(Duration.ofHours(3));
        Watch later = score();
        assertThat(later.score()).isBetween(high / 2, high - 1);
        assertThat(later.signs().get(0).explanation()).contains("has faded since");
        pass(WatchConfig.DEFAULT.halfLife().multipliedBy(8));
        question("namsan.aca.kp", "A", "rule");
        assertThat(score().score()).isZero();
    }

    @Test
    void aClockThatWasPutBackBeginsAnew() {
        for (int i = 0; i < 100; i++) {
            question("site" + i + ".example", "A", "no-rule");
        }
        now = TIME.minus(Duration.ofDays(100));
        question("namsan.aca.kp", "A", "rule");
        for (int i = 0; i < 100; i++) {
            question("site" + i + ".example", "A", "no-rule");
        }
        assertThat(kinds()).contains("world-names");
    }

    @Test
    void anHourAtWhichSomebodyIsHardlyEverThereCountsOnceTheirHabitIsKnown() {
        for (int day = 0; day < 10; day++) {
            now = TIME.plus(Duration.ofDays(day));
            for (int i = 0; i < 60; i++) {
                question("namsan.aca.kp", "A", "rule");
                pass(Duration.ofMinutes(8));
            }
        }
        assertThat(kinds()).isEmpty();
        now = TIME.plus(Duration.ofDays(10)).plus(Duration.ofHours(18));
        for (int i = 0; i < 25; i++) {
            question("namsan.aca.kp", "A", "rule");
        }
        assertThat(kinds()).containsExactly("odd-hours");
    }

    @Test
    void aTerminalThatNobodyIsAtHasAScoreOfItsOwn() {
        for (int i = 0; i < 60; i++) {
            watching.see(line(now, null, "resolve", "n" + i + ".example", "A", 0, "not-logged-in", null, 1, ++lines));
        }
        assertThat(watching.scores(now)).singleElement().satisfies(watch -> {
            assertThat(watch.subject()).isNull();
            assertThat(watch.terminal()).isEqualTo("10.76.20.11");
            assertThat(watch.score()).isPositive();
        });
    }

    @Test
    void aLongFlowCountsWhereItIsDisorderlyAndGoesOneWay() {
        List<String> details = List.of(
                "sent 900000000, received 1000, 7.9 bits an octet",
                "sent 900000000, received 900000000, 7.9 bits an octet",
                "sent 900000000, received 1000, 4.2 bits an octet",
                "sent 900, received 10, 7.9 bits an octet",
                "something else");
        List<Boolean> counts = new ArrayList<>();
        for (String detail : details) {
            var fresh = new Watching(WatchConfig.DEFAULT, ZoneOffset.UTC, host -> true);
            fresh.see(line(now, SUBJECT, "flow-ended", "host.example", null, 443, null, detail, 1, ++lines));
            counts.add(!fresh.scores(now).isEmpty());
        }
        assertThat(counts).containsExactly(true, false, false, false, false);
    }

    @Test
    void whateverSomebodyDoesMemoryHasABound() {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String name = String.format(Locale.ROOT, "%08x%08x.p%d.example", random.nextInt(), i, random.nextInt(5000));
            watching.see(line(
                    now.plusSeconds(i), "s" + random.nextInt(5_000), "resolve", name, "TXT", 0, "no-rule", null, 1, i));
        }
        assertThat(watching.scores(now.plusSeconds(200_000))).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void countsBelowTheDomainThatSomebodyCanHave() {
        assertThat(Below.parent("a.b.t.example.com")).isEqualTo("example.com");
        assertThat(Below.parent("lib.namsan.aca.kp")).isEqualTo("namsan.aca.kp");
        assertThat(Below.parent("www.example.co.uk")).isEqualTo("example.co.uk");
        assertThat(Below.parent("com")).isEqualTo("com");
        assertThat(requireNonNull(Below.parent("."))).isEqualTo(".");
        assertThat(Below.entropy("aaaaaaaa")).isZero();
        assertThat(Below.entropy("abcdefgh")).isEqualTo(3.0);
    }
}
