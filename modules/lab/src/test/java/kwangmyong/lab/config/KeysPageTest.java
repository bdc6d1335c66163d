package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manual's list of keys is the schema's; {@code -Dkwm.keys.update=true} writes it anew, and nothing else does. */
class KeysPageTest {
    private static final Path PAGE = Repository.file("docs/keys.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_.]+)`");
    private static final Path SCHEMA = Repository.file("lab-configs/lab.schema.json");

    @Test
    void thePageOfKeysIsWhatTheSchemaSays() throws IOException {
        String page = KeysPage.of(Files.readString(SCHEMA));
        if (Boolean.getBoolean("kwm.keys.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/keys.md is not what the schema says; the page tells how it is made anew")
                .isEqualTo(page);
    }

    @Test
    void theManualExplainsNoKeyThatThereIsNot() throws IOException {
        var known = new TreeSet<String>();
        Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE)
                .matcher(KeysPage.of(Files.readString(SCHEMA)))
                .results()
                .flatMap(row -> Pattern.compile("[.\\[\\]]+").splitAsStream(row.group(1)))
                .forEach(known::add);
        boolean ofKeys = false;
        for (String line : Files.readAllLines(Repository.file("docs/configuration.md"))) {
            ofKeys = line.startsWith("| key ") || (ofKeys && line.startsWith("|"));
            Matcher row = ROW.matcher(line);
            if (ofKeys && row.find()) {
                assertThat(known).as(line).containsAll(List.of(row.group(1).split("\\.", -1)));
            }
        }
    }
}
