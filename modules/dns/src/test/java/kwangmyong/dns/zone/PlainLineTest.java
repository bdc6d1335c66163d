package kwangmyong.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Plain lines read as the thorough reading reads them, to which empty parentheses lead. */
final class PlainLineTest {
    private static final String[] OWNERS = {
        "a", "A.b", "@", "*", "x.example.", "_s._tcp", "", "7", "in", "a..b", ".", "-", "w\\097"
    };
    private static final String[] MIDDLES = {"", "300", "IN", "in 60", "60 IN", "1h", "99999999999", "CH", "IN IN"};
    private static final String[] DATA = {
        "A 10.0.0.1",
        "A 10.0.0.256",
        "A 010.0.0.1",
        "A 10.0.1",
        "a 1.2.3.4",
        "A 1.2.3.4.",
        "A 1.2.3.4 5",
        "AAAA ::",
        "AAAA ::1",
        "AAAA fd00:76::1",
        "AAAA 1:2:3:4:5:6:7:8",
        "AAAA 1:2:3:4:5:6:7::",
        "AAAA 1::2::3",
        "AAAA 1:2",
        "AAAA :1::",
        "AAAA ::ffff:1.2.3.4",
        "AAAA 12345::",
        "AAAA 1:2:3:4:5:6:7:8:9",
        "AAAA fd00::1:",
        "AAAA G::",
        "NS ns",
        "NS @",
        "NS ns.example.",
        "CNAME .",
        "CNAME a..b",
        "PTR Host.Example.",
        "NS a b",
        "MX 10 mail",
        "MX 65536 mail",
        "MX mail",
        "MX -1 mail",
        "MX 0 .",
        "TXT \"hello\"",
        "TXT \"\"",
        "TXT plain",
        "TXT \"a\" \"b\"",
        "TXT \"a;b (c)\"",
        "TXT \"q\\\"q\"",
        "TXT \"open",
        "SRV 1 2 3 host",
        "A",
        "",
        "TYPE1 \\# 4 01020304",
        "NS " + "a".repeat(64),
        "NS " + "a".repeat(63),
        "NS " + "abcdefg.".repeat(40),
    };

    @TempDir
    Path folder = Path.of("");

    private List<String> read(String line) throws IOException {
        Path file = folder.resolve("zone");
        Files.writeString(file, "$TTL 120\nfirst A 10.0.0.9\n" + line + "\nlast A 10.0.0.8\n");
        Faults faults = new Faults();
        List<String> read = new ArrayList<>();
        new MasterFile(
                        folder,
                        faults,
                        record -> read.add(HexFormat.of().formatHex(record.owner()) + " " + record.type() + " "
                                + record.ttl() + " " + HexFormat.of().formatHex(record.data()) + " " + record.line()))
                .read(file, origin());
        faults.list().forEach(fault -> read.add("fault in line " + fault.line()));
        return read;
    }

    private static Name origin() {
        try {
            return Name.fromString("example.");
        } catch (TextParseException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Test
    void readLikeOthers() throws IOException {
        for (String owner : OWNERS) {
            for (String data : DATA) {
                same(owner + " 30 IN " + data);
            }
        }
        for (String middle : MIDDLES) {
            for (String data : DATA) {
                same("owner " + middle + " " + data);
                same("\t" + middle + " " + data);
            }
        }
    }

    @Test
    void readLikeOthersAtRandom() throws IOException {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        System.out.println("plain lines: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder line =
                    new StringBuilder(OWNERS[random.nextInt(OWNERS.length)] + " " + DATA[random.nextInt(DATA.length)]);
            for (int change = random.nextInt(3); change > 0; change--) {
                line.setCharAt(random.nextInt(line.length()), ":.aF0 9\t\"@-".charAt(random.nextInt(11)));
            }
            same(line.toString());
        }
    }

    private void same(String line) throws IOException {
        assertThat(read(line)).as(line).isEqualTo(read(line + " ()"));
    }
}
