package kwangmyong.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** docs/report.md shows a trial.json; it is one, with every member that there is. */
class DocumentedTrialTest {
    @Test
    void theDocumentedTrialIsATrial() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("kwm.home"), "docs", "report.md"));
        String json = page.substring(page.indexOf("```json\n") + 8, page.indexOf("\n```", page.indexOf("```json\n")));
        JsonNode shown = ResultJson.tree(json);
        JsonNode written = ResultJson.tree(ResultJson.write(ResultJson.read(json, Trial.class)));
        assertThat(new TreeSet<>(shown.propertyNames())).isEqualTo(new TreeSet<>(written.propertyNames()));
        assertThat(written).isEqualTo(shown);
    }
}
