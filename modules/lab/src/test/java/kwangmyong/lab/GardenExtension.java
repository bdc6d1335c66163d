package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.lab.files.LabFolder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The default lab or another, started by the real command from the packaged jars on ports of its own, for strangers' programs to talk with. */
final class GardenExtension implements BeforeAllCallback, AfterAllCallback {
    private static final int MAX_OFFSET = 40_000;
    private static final long COMMAND_WITHIN_SECONDS = 120;

    private final int offset = freeOffset();
    private final String lab;
    private Path state = Path.of(".");

    GardenExtension() {
        this(LabFolder.DEFAULT);
    }

    /** @param lab a folder under lab-configs, or a path */
    GardenExtension(String lab) {
        this.lab = lab;
    }

    /** What a program printed and exited with. */
    record Outcome(int status, String output) {}

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        state = Files.createTempDirectory("kwm-it");
        Outcome up = kwm("up", lab, "--detach", "--offset", Integer.toString(offset));
        assertThat(up.status()).as(up.output()).isZero();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Outcome down = kwm("down", lab);
        assertThat(down.status()).as(down.output()).isZero();
        assertThat(state.resolve("run")).isEmptyDirectory();
        try (Stream<Path> left = Files.walk(state)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    /** A port of this lab's, from the one that the lab's own addresses have. */
    String port(int real) {
        return Integer.toString(real + 10_000 + offset);
    }

    int offset() {
        return offset;
    }

    Path state() {
        return state;
    }

    /** Of the lab's process. */
    long pid() throws IOException {
        return Files.readString(state.resolve("run/lab.properties"))
                .lines()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the kwm command. */
    Outcome kwm(String... arguments) throws IOException, InterruptedException {
        return run(state, command(arguments));
    }

    /** The kwm command as people type it, on the packaged program. */
    static List<String> command(String... arguments) {
        Path home = Path.of(System.getProperty("kwm.home", "../.."))
                .toAbsolutePath()
                .normalize();
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "KWM_LIB=" + System.getProperty("kwm.app", home + "/modules/lab/target/kwm/lib"),
                "KWM_JAVA_OPTS=-XX:TieredStopAtLevel=1 -Dio.netty.leakDetection.level="
                        + System.getProperty("kwm.leaks", "paranoid"), // which is too slow for thousands of connections
                home.resolve("scripts/kwm").toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Runs any program to its end; standard error is in the output too. */
    Outcome run(String... command) throws IOException, InterruptedException {
        return run(state, List.of(command));
    }

    static Outcome run(Path state, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kwm-it", ".out");
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().put("KWM_STATE", state.toString());
            Process process = builder.start();
            if (!process.waitFor(COMMAND_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "no end: " + command + "\n" + Files.readString(output));
            }
            return new Outcome(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** An offset at which the ports that a lab opens are free; checked on the few that tell. */
    static int freeOffset() {
        for (int tries = 0; tries < 100; tries++) {
            int candidate = ThreadLocalRandom.current().nextInt(1_000, MAX_OFFSET);
            if (Stream.of(22, 25, 53, 80, 3128).allMatch(port -> isFree(port + 10_000 + candidate))) {
                return candidate;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 76, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
