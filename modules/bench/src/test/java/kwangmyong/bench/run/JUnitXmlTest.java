package kwangmyong.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import kwangmyong.bench.result.Expectation;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class JUnitXmlTest {
    @Test
    void onlyAnExpectationFailsAndWhateverWasSaidIsXml() throws Exception {
        List<Trial> trials = List.of(
                trial("direct", Outcome.BLOCKED, "as theory has it"),
                trial("ssh", Outcome.THROUGH, "<&\"\u0007>"),
                trial("tor", Outcome.ERROR, "it ended"),
                trial("iodine", Outcome.SKIPPED, "no TUN device"));
        List<Expectation> expected = List.of(
                new Expectation("direct", null, null, Outcome.BLOCKED),
                new Expectation("ssh", "a", null, Outcome.BLOCKED));
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        JUnitXml.of("small", trials, expected).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("2");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("<&\"\uFFFD>");
    }

    @Test
    void aLeakIsAnErrorWhateverCameOfTheTrial() {
        String xml = JUnitXml.of(
                "small",
                List.of(
                        trial("ssh", Outcome.THROUGH, "", List.of("lab has links: hole")),
                        trial("tor", Outcome.THROUGH, "", List.of())),
                List.of());
        assertThat(xml).contains("errors=\"1\"").containsOnlyOnce("<error message=\"leak: lab has links: hole\"/>");
    }

    private static Trial trial(String tool, Outcome outcome, String why) {
        return trial(tool, outcome, why, null);
    }

    private static Trial trial(String tool, Outcome outcome, String why, @Nullable List<String> leaks) {
        return new Trial(
                "a/plain/" + tool + "/1",
                "a",
                "plain",
                tool,
                1,
                1,
                null,
                null,
                outcome,
                why,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                leaks,
                null,
                List.of());
    }
}
