package kwangmyong.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel's own texts, damaged: each is read, or refused as an argument that is none. Here because the kernel knows no test kit. */
@Tag("fuzz")
class KernelParsersFuzzTest {
    private static final int ROUNDS = 20_000;

    @Test
    void anyAddressReadsAsItIsShown() {
        SeededFuzz.ofTexts(ROUNDS, "10.76.20.11", "fd00:76:20::11", "::ffff:10.1.2.3", "2001:db8:0:0:0:0:0:1")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    var address = orRefused(Addresses::parse, text);
                    if (address != null) {
                        assertThat(Addresses.parse(address.getHostAddress())).isEqualTo(address);
                    }
                });
    }

    @Test
    void anyRangeContainsItsNetwork() {
        SeededFuzz.ofTexts(ROUNDS, "10.76.20.0/24", "fd00:76:20::/64", "0.0.0.0/0", "::1/128")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    AddressRange range = orRefused(AddressRange::parse, text);
                    assertThat(range == null || range.contains(range.network())).isTrue();
                });
    }

    @Test
    void anyPatternIsReadAgainFromItsText() {
        SeededFuzz.ofTexts(ROUNDS, "kcna.kp", ".lib.*.edu.kp", "*.kcna.kp", "*", "조선.KP.")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    NamePattern pattern = orRefused(NamePattern::new, text);
                    if (pattern != null) {
                        assertThat(new NamePattern(pattern.text())).isEqualTo(pattern);
                        pattern.matches("lib.kut.edu.kp");
                    }
                });
    }

    @Test
    void anyClearanceIsReadAgainAsItIsShown() {
        var lattice = new Lattice(List.of("resident", "cleared", "official"), List.of("library", "news", "mail"));
        SeededFuzz.ofTexts(ROUNDS, "cleared + library + news", "official", " resident+mail ")
                .tryAll(StandardCharsets.UTF_8, text -> {
                    var clearance = orRefused(lattice::clearance, text);
                    if (clearance != null) {
                        assertThat(lattice.clearance(lattice.show(clearance))).isEqualTo(clearance);
                    }
                    orRefused(lattice::ceiling, text);
                });
    }

    @Test
    void onlyTheSealItselfOpens() {
        AskerSeal seal = AskerSeal.withFreshKey();
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        String sealed = seal.seal(new Identity(Addresses.parse("10.76.20.11"), null, null), "kcna.kp", now);
        SeededFuzz.ofTexts(ROUNDS, sealed, ";;;;;", "a;b;c;kcna.kp;9;").tryAll(StandardCharsets.ISO_8859_1, text -> {
            boolean opened = seal.open(text, "kcna.kp", now).isPresent();
            assertThat(opened).isEqualTo(text.equals(sealed));
        });
    }

    private static <T> @Nullable T orRefused(Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
            return null;
        }
    }
}
