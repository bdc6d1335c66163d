package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Responses to the last octet, compression included. {@code -Dkwm.golden.update=FILE} writes what is there now, to be read before it is kept. */
final class GoldenWireTest {
    private static final String[] QUESTIONS = {
        "mail.garden.kp A",
        "MAIL.garden.KP A",
        "none.garden.kp A edns",
        "garden.kp MX",
        "garden.kp SOA",
        "chain.garden.kp A",
        "x.wild.garden.kp TXT",
        "target.tree.garden.kp A",
        "www.sub.garden.kp AAAA",
        "svc.garden.kp HTTPS",
        "big.garden.kp TXT",
        "example.com A edns",
        ". NS"
    };

    @Test
    void writesTheSameOctetsAsEver() throws IOException {
        EngineFixture engine = new EngineFixture(TestZones.load());
        List<String> lines = new ArrayList<>();
        for (String question : QUESTIONS) {
            String[] words = question.split(" ", -1);
            Message query = EngineFixture.query(words[0], Type.value(words[1]));
            query.getHeader().setID(0x4b57);
            if (words.length > 2) {
                query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
            }
            engine.send(query);
            lines.add(question + " = " + HexFormat.of().formatHex(engine.response()));
        }
        String update = System.getProperty("kwm.golden.update");
        if (update != null) {
            Files.write(Path.of(update), lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(TestZones.folder().resolveSibling("wire.golden")));
    }
}
