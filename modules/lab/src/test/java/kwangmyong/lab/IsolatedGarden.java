package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.files.LabFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A lab in isolated mode, started by a plain user: see {@link PlainUser}. */
final class IsolatedGarden implements BeforeAllCallback, AfterAllCallback {

    private final String lab;
    private List<String> person = List.of();
    private Path state = Path.of(".");
    private boolean started;

    private IsolatedGarden(String lab) {
        this.lab = lab;
    }

    /** The default lab. */
    static IsolatedGarden ofDefaultLab() {
        return new IsolatedGarden(LabFolder.DEFAULT);
    }

    /** @param lab a folder that everybody may read */
    static IsolatedGarden of(Path lab) {
        return new IsolatedGarden(lab.toString());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        state = Files.createTempDirectory("kwm-isolated");
        person = PlainUser.before(
                state,
                Path.of(GardenExtension.command().get(GardenExtension.command().size() - 1)));
        assumeTrue(
                asPerson("unshare", "--user", "--map-root-user", "true").status() == 0,
                "nobody may make namespaces here, as in a chroot");
        up();
        started = true;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (started) {
            Outcome down = asPerson(GardenExtension.command("down", lab).toArray(String[]::new));
            assertThat(down.status()).as(down.output()).isZero();
            assertThat(state.resolve("run")).isEmptyDirectory();
        }
        try (Stream<Path> left = Files.walk(state)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    void up() throws IOException, InterruptedException {
        Outcome up = asPerson(GardenExtension.command("up", lab, "--mode", "isolated", "--detach")
                .toArray(String[]::new));
        assertThat(up.status()).as(up.output()).isZero();
    }

    Path state() {
        return state;
    }

    private List<String> words(List<String> command) {
        List<String> words = new ArrayList<>(person);
        words.addAll(command);
        return words;
    }

    Outcome asPerson(String... command) throws IOException, InterruptedException {
        return GardenExtension.run(state, words(List.of(command)));
    }

    private List<String> command(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command, "--lab", lab));
        words.addAll(Arrays.asList(arguments));
        return GardenExtension.command(words.toArray(String[]::new));
    }

    /** A kwm command about this lab. */
    Outcome kwm(String command, String... arguments) throws IOException, InterruptedException {
        return asPerson(command(command, arguments).toArray(String[]::new));
    }

    /** One that is not waited for. */
    Process start(String command, String... arguments) throws IOException {
        return start(null, command, arguments);
    }

    /** @param said where its standard error goes, and nobody reads what it prints; null to leave both to the test */
    Process start(@Nullable Path said, String command, String... arguments) throws IOException {
        var builder = new ProcessBuilder(words(command(command, arguments)));
        if (said != null) {
            builder.redirectError(said.toFile()).redirectOutput(Redirect.DISCARD);
        }
        builder.environment().put("KWM_STATE", state.toString());
        return builder.start();
    }

    Outcome at(String subject, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(subject, "--"));
        words.addAll(Arrays.asList(command));
        return kwm("enter", words.toArray(String[]::new));
    }

    Outcome shellAt(String subject, String script) throws IOException, InterruptedException {
        return at(subject, "bash", "-c", script);
    }

    Outcome inTheWorld(String script) throws IOException, InterruptedException {
        return at("--world", "bash", "-c", script);
    }

    /** What everything of the lab ends with. */
    ProcessHandle launcher() throws IOException {
        long pid = Files.readAllLines(state.resolve("run/lab.properties")).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Runs something with every right over the lab's own network, as only a person outside can. */
    Outcome inTheLabsNetwork(String... command) throws IOException, InterruptedException {
        String first = launcher()
                .children()
                .findFirst()
                .map(child -> Long.toString(child.pid()))
                .orElseThrow();
        List<String> words = new ArrayList<>(
                List.of("nsenter", "--target", first, "--user", "--net", "--preserve-credentials", "--"));
        words.addAll(Arrays.asList(command));
        return asPerson(words.toArray(String[]::new));
    }
}
