package kwangmyong.dns.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import kwangmyong.dns.zone.CanonicalOrder;
import kwangmyong.dns.zone.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

class CompactDenialTest {
    private static byte[] name(String text) throws TextParseException {
        return Name.fromString(text, Name.root).toWire();
    }

    @Test
    void nothingFitsBetweenANameAndTheNext() throws TextParseException {
        assertThat(CompactDenial.successor(name("a.kp"))).isEqualTo(name("\\000.a.kp"));
    }

    @Test
    void whatIsBelowACutIsNotDenied() throws TextParseException {
        assertThat(CompactDenial.afterAllBelow(name("sub.kp"))).isEqualTo(name("sub\\000.kp"));
    }

    @Test
    void theNextOfALongNameIsANameToo() throws TextParseException {
        String rest = "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(60);
        String last = "\\255".repeat(62);
        byte[] full = name("a".repeat(62) + rest); // 62+1 + 64 + 64 + 61 + 1 = 253 octets
        assertThat(CompactDenial.successor(full)).hasSize(255);
        byte[] longest = name("a".repeat(61) + "@" + rest + "dd");
        assertThat(longest).hasSize(255);
        assertThat(CompactDenial.successor(longest)).isEqualTo(name("a".repeat(61) + "[" + rest + "dd"));
        assertThat(CompactDenial.successor(name(last + rest + "dd")))
                .isEqualTo(name("b".repeat(62) + "c" + rest.substring(64) + "dd"));
    }

    @Test
    void theNextIsAlwaysGreater() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("compact denial: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] name = random(random);
            byte[] next = CompactDenial.successor(name);
            if (next[0] == 0) {
                continue; // round to the root
            }
            assertThat(next.length).isLessThanOrEqualTo(DomainName.MAX_LENGTH);
            assertThat(Arrays.compareUnsigned(CanonicalOrder.key(name, 0), CanonicalOrder.key(next, 0)))
                    .isNegative();
        }
    }

    private static byte[] random(Random random) {
        int length = random.nextInt(3) == 0 ? 255 : 2 + random.nextInt(254);
        byte[] name = new byte[length];
        int at = 0;
        while (at < length - 1) {
            int label = Math.min(1 + random.nextInt(63), length - 2 - at);
            if (label < 1) {
                return Arrays.copyOf(name, at + 1);
            }
            name[at] = (byte) label;
            for (int i = 1; i <= label; i++) {
                name[at + i] = DomainName.lower((byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt(256)));
            }
            at += label + 1;
        }
        return name;
    }
}
