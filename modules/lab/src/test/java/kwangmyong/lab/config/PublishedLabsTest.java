package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lab that is published loads, and so does every piece of configuration that the manual shows. */
class PublishedLabsTest {
    private static final Pattern BLOCK = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static List<Path> labs() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.file("lab-configs"), 2)) {
            return files.filter(file -> file.endsWith(LabReader.FILE_NAME))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void everyLabLoadsAndRunsInLoopbackMode(Path lab) {
        LabReader.Result result = LabReader.read(lab);
        assertThat(LabText.faults(result)).isEmpty();
        assertThat(((LabReader.Result.Read) result).inLoopback()).isEmpty();
    }

    @Test
    void theDefaultLabHasWhatItPromises() {
        LabDeclaration lab = LabText.declaration(LabReader.read(Repository.file("lab-configs/kwangmyong")));
        assertThat(lab.name()).isEqualTo("kwangmyong");
        assertThat(lab.accounts()).containsOnlyKeys("resident", "academic", "trader", "official", "leader", "delegate");
        assertThat(lab.terminals()).hasSize(6);
        assertThat(lab.dns().zones()).anyMatch(DnsSection.Zone::world);
        assertThat(lab.dns().zones()).extracting(DnsSection.Zone::name).contains("kp", "dailynk.com");
    }

    @Test
    void everyBlockInTheManualLoads(@TempDir Path labs) throws IOException {
        List<String> blocks = new ArrayList<>();
        for (String page : List.of(
                "configuration.md", "gateway.md", "serve.md", "store.md", "transfers.md", "labs/axfr-2016.md")) {
            BLOCK.matcher(Files.readString(Repository.file("docs/" + page)))
                    .results()
                    .forEach(match -> blocks.add(match.group(1)));
        }
        Files.createSymbolicLink(
                labs.resolve("axfr-2016"),
                Repository.file("lab-configs/axfr-2016").toAbsolutePath());
        assertThat(blocks).hasSizeGreaterThan(8);
        Files.createDirectories(labs.resolve("piece/zones/world"));
        for (String zone : List.of("kp", "org.kp", "net.kp")) {
            Files.writeString(labs.resolve("piece/zones/" + zone + ".zone"), "");
        }
        Path lists = Files.createDirectories(labs.resolve("piece/lists"));
        Files.writeString(lists.resolve("addresses.txt"), "198.51.100.0/24\n");
        Files.writeString(lists.resolve("global.csv"), """
                url,category_code,category_description,date_added,source,notes
                https://casino.example/,GMB,Gambling,2014-04-15,citizenlab,
                https://adult.example/,PORN,Pornography,2014-04-15,citizenlab,
                """);
        for (String block : blocks) {
            boolean whole = block.equals(blocks.get(0));
            Path folder = labs.resolve(whole ? "small" : "piece");
            String text = whole || block.startsWith("extends:") ? block : "extends: small\n" + block;
            assertThat(LabText.faults(LabText.read(folder, text))).as(block).isEmpty();
        }
    }
}
