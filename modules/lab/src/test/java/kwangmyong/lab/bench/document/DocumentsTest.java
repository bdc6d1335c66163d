package kwangmyong.lab.bench.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Ready;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.WayIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```yaml\\n# (tool|regime|experiment)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    Path folder;

    static List<Path> published() throws IOException {
        try (Stream<Path> files = Files.walk(labConfigs())) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> file.endsWith(Documents.REGIME)
                            || file.toString().contains("/tools/")
                            || file.toString().contains("/benches/"))
                    .sorted()
                    .toList();
        }
    }

    private static Path labConfigs() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("lab-configs"))) {
                return at.resolve("lab-configs");
            }
        }
        throw new AssertionError("not within the project");
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyPublishedFileIsSound(Path file) {
        assertThat(faults(read(file))).isEmpty();
    }

    @Test
    void everyBlockOfTheManualIsSound() throws IOException {
        Path manual = labConfigs().resolveSibling("docs/bench.md");
        var blocks = BLOCK.matcher(Files.readString(manual)).results().toList();
        assertThat(blocks).hasSize(3);
        Files.createSymbolicLink(folder.resolve("kwangmyong"), labConfigs().resolve("kwangmyong"));
        Path ssh = Files.createDirectories(folder.resolve("tools")).resolve("ssh.yaml");
        Path regime =
                Files.createDirectories(folder.resolve("regimes/kwangmyong")).resolve(Documents.REGIME);
        Path bench = Files.createDirectories(folder.resolve("benches")).resolve("first.yaml");
        Files.writeString(ssh, blocks.get(0).group(2));
        Files.writeString(folder.resolve("tools/direct.yaml"), "title: Direct\nabout: Nothing.\nprobe: {}\n");
        Files.writeString(regime, blocks.get(1).group(2));
        Files.writeString(bench, blocks.get(2).group(2));

        assertThat(faults(Documents.tool(ssh))).isEmpty();
        assertThat(faults(Documents.regime(regime))).isEmpty();
        Experiment experiment = value(Documents.experiment(bench));

        assertThat(experiment.tools()).extracting(Tool::name).containsExactly("direct", "ssh");
        Tool tool = experiment.tools().get(1);
        assertThat(tool.wayIn()).isEqualTo(new WayIn.Socks("127.0.0.1:1080"));
        assertThat(tool.client().programs().get(0).within()).isEqualTo(Duration.ofSeconds(20));
        assertThat(tool.server().programs().get(0).ready()).isEqualTo(new Ready.Tcp("198.51.100.70:22"));
        assertThat(experiment.conditions())
                .containsExactly(
                        Condition.plain("plain"),
                        new Condition("far", Duration.ofMillis(80), Duration.ofMillis(10), 0.005, 2_000_000));
        Regime read = experiment.regimes().get(0);
        assertThat(read.subject()).isEqualTo("academic");
        assertThat(read.lab()).isEqualTo(folder.resolve("kwangmyong"));
    }

    @Test
    void theResearchersGuideIsSound() throws IOException {
        Path guide = labConfigs().resolveSibling("docs/researchers-guide.md");
        var blocks = BLOCK.matcher(Files.readString(guide)).results().toList();
        assertThat(blocks).hasSize(2);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Files.copy(labConfigs().resolve("tools/direct.yaml"), tools.resolve("direct.yaml"));
        Files.writeString(tools.resolve("my-relay.yaml"), blocks.get(0).group(2));
        Path regime =
                Files.createDirectories(folder.resolve("regimes/kwangmyong")).resolve(Documents.REGIME);
        Files.writeString(regime, "title: G\nlab: " + labConfigs().resolve("kwangmyong") + "\nsubject: academic\n");
        Path bench = Files.createDirectories(folder.resolve("benches")).resolve("mine.yaml");
        Files.writeString(bench, blocks.get(1).group(2));
        assertThat(value(Documents.experiment(bench)).tools()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: T\\nabout: A\\nprobe: {sock: 127.0.0.1:1}         | 3:9: probe.sock: unknown key; did you mean 'socks'?",
                "title: T\\nabout: A\\nprobe: {socks: here}               | 3:16: probe.socks: 'here' is no address with a port",
                "title: T\\nabout: A\\nprobe: {tun: t, socks: '1.1.1.1:1'} | 3:8: probe: several ways in",
                "title: T\\nabout: A                                      | 1:1: 'probe' is missing",
                "title: T\\nabout: A\\nprobe: {}\\nneeds: [tum]             | 4:9: needs[0]: 'tum' is unknown; did you mean 'tun'?",
                "title: T\\nabout: A\\nprobe: {}\\nfiles: {server: {../key: a}} | 4:18: files.server.../key: '../key' is not the path",
                "title: T\\nabout: A\\nprobe: {}\\nclient: [{name: a, run: x, ready: {log: '['}}] | is no regular expression",
                "title: T\\nabout: A\\nprobe: {}\\nclient: [{name: a, run: x, within: soon}] | 'soon' is not a time such as",
                "title: T\\nabout: A\\nprobe: {}\\nclient: [{name: a, run: x}, {name: a, run: y}] | 'a' is the name of two programs",
                "title: T\\ntools: [direkt]\\nregimes: [garden]           | 2:9: tools[0]: 'direkt' is none of the tools; did you mean 'direct'?",
                "title: T\\ntools: [direct, direct]\\nregimes: [garden]   | 2:17: tools[1]: 'direct' is named twice",
                "title: T\\ntools: all\\nregimes: all\\nexpect: [{tool: ssh, regime: garden, outcome: through}] | 4:17: expect[0].tool: 'ssh' is not part of this experiment",
                "title: T\\nprobe: {}\\npackages: [ssh-]                      | 3:12: packages[0]: 'ssh-' is not the name of a Debian package",
                "title: T\\ntools: all\\nregimes: all\\nsettings: {fetch_within: 0s}     | 4:12: settings.fetch_within: is no time at all",
                "title: T\\ntools: all\\nregimes: all\\nsettings: {stability_every: 0ms} | 4:12: settings.stability_every: is no time at all",
                "title: T\\ntools: all\\nregimes: all\\nconditions: {a: {delay: 11s}}    | 4:14: conditions.a: delay: 11000ms (expected: 0ms-10s)",
                "title: T\\ntools: all\\nregimes: all\\nconditions: {a: {rate: 100bit}}  | 4:14: conditions.a: rate: 100bit (expected: 1kbit-100Gbit)",
                "title: T\\ntools: all\\nregimes: all\\nconditions: {a: {jitter: 5ms}} | 4:14: conditions.a: jitter: 5ms (expected: at most the delay",
            })
    void saysWhatIsWrongAndWhere(String text, String fault) throws IOException {
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("tools/direct.yaml"), "title: Direct\nabout: Nothing.\nprobe: {}\n");
        Files.createDirectories(folder.resolve("regimes/garden"));
        Files.writeString(
                folder.resolve("regimes/garden/regime.yaml"),
                "title: G\nabout: G\nlab: " + labConfigs().resolve("kwangmyong") + "\nsubject: academic\n");
        Path file = Files.createDirectories(folder.resolve("benches")).resolve("file.yaml");
        Files.writeString(file, text.replace("\\n", "\n"));

        assertThat(faults(read(file))).singleElement().asString().contains(fault.strip());
    }

    @Test
    void aRegimeIsOfALabThatIsSoundAndHasTheSubject() throws IOException {
        Path regime = folder.resolve(Documents.REGIME);
        Files.writeString(
                regime, "title: G\nabout: G\nlab: " + labConfigs().resolve("kwangmyong") + "\nsubject: academc\n");
        assertThat(faults(Documents.regime(folder)))
                .singleElement()
                .asString()
                .contains("4:10: subject: 'academc' has no terminal in that lab; did you mean 'academic'?");

        Files.writeString(regime, "title: G\nabout: G\nsubject: academic\n");
        assertThat(faults(Documents.regime(folder))).singleElement().asString().contains("there is no lab.yaml");

        Files.writeString(
                folder.resolve("lab.yaml"), "extends: " + labConfigs().resolve("kwangmyong") + "\nruls: []\n");
        assertThat(faults(Documents.regime(folder))).singleElement().asString().contains("lab.yaml:2:1: ruls");
    }

    private static Reading<?> read(Path file) {
        return switch (Documents.kind(file)) {
            case TOOL -> Documents.tool(file);
            case REGIME -> Documents.regime(file);
            case EXPERIMENT -> Documents.experiment(file);
        };
    }

    private static List<?> faults(Reading<?> reading) {
        return reading instanceof Reading.Faulty<?> faulty ? faulty.faults() : List.of();
    }

    private static <T> T value(Reading<T> reading) {
        assertThat(faults(reading)).isEmpty();
        return ((Reading.Read<T>) reading).value();
    }
}
