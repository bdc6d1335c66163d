package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * slowhttptest against the gateway: while many are slow, others are served; all of the slow are cut; memory stays. {@code -Dkwm.slow.connections=4000} asks at
 * length.
 */
final class SlowIT {
    private static final int CONNECTIONS = Integer.getInteger("kwm.slow.connections", 300);
    /** Connections a second. */
    private static final int RATE = Math.max(1_000, CONNECTIONS);

    private static final String LAB = "src/test/resources/labs/" + (CONNECTIONS > 1_000 ? "slow-crowd" : "slow");
    private static final int LARGE = 4 << 20;
    /** Of the machine's clock; what the limits leave, with room for a machine that has other things to do. */
    private static final int LONGEST_SECONDS = 90;
    /** Of resident memory, whatever comes: a heap that grows to what it was told it may. */
    private static final long FIRST_KILOBYTES = 120 << 10;
    /** What one slow connection may hold: heads and what belongs to them; what waits to be read is bounded in all. */
    private static final long EACH_KILOBYTES = 40;

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension(LAB);

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // openTheSite comes first
    private static MirrorSite site;

    /** Where others go: how a host bears the attack that the gateway lets through is another matter. */
    @SuppressWarnings("NullAway.Init")
    private static MirrorSite quiet;

    @BeforeAll
    static void openTheSite() throws Exception {
        Files.writeString(folder.resolve("hello.txt"), "hello\n");
        Files.write(folder.resolve("large.bin"), new byte[LARGE]);
        int plain = Integer.parseInt(garden.port(80));
        int secret = Integer.parseInt(garden.port(443));
        site = new MirrorSite(folder, garden.state(), "127.0.113.80", plain, secret, "mirror.kp");
        quiet = new MirrorSite(folder, garden.state(), "127.0.113.82", plain, secret, "quiet.mirror.kp");
    }

    @AfterAll
    static void closeTheSite() {
        site.close();
        quiet.close();
    }

    @ParameterizedTest
    @CsvSource({
        "slow headers, -H -i 1 -u http://mirror.kp/hello.txt",
        "slow bodies, -B -i 1 -s 8192 -u http://mirror.kp/form",
        "slow reading, -X -n 2 -z 32 -w 512 -y 1024 -u http://mirror.kp/large.bin"
    })
    void serveOthersMeanwhileAndCutTheSlow(String attack, String how) throws Exception {
        String gateway = "127.76.0.1:" + garden.port(3128);
        List<String> command = new ArrayList<>(List.of("slowhttptest"));
        command.addAll(Arrays.asList(how.split(" ")));
        command.addAll(List.of(
                "-c",
                Integer.toString(CONNECTIONS),
                "-r",
                Integer.toString(RATE),
                "-l",
                Integer.toString(LONGEST_SECONDS)));
        command.addAll(List.of("-d", gateway));
        ask(gateway);
        long before = resident();
        long most = before;
        int came = 0;
        int held = 0;
        List<Long> millis = new ArrayList<>();
        Process slow = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slow.out").toFile())
                .start();
        long allCame = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 + CONNECTIONS / RATE);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try {
            do {
                millis.add(ask(gateway));
                most = Math.max(most, resident());
                held = held();
                came = Math.max(came, held);
            } while (System.nanoTime() < end && (held > 0 || System.nanoTime() < allCame));
        } finally {
            slow.destroyForcibly().waitFor();
        }
        millis.sort(null);
        System.out.printf(
                "%s: %d of %d at once; %d others asked, %d ms in the middle, %d ms at most; %d KB more memory%n",
                attack,
                came,
                CONNECTIONS,
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1),
                most - before);
        assertThat(came).as("slow connections at once").isGreaterThan(CONNECTIONS / 20);
        assertThat(held).as("those that the gateway has not cut").isZero();
        assertThat(most - before).isLessThan(FIRST_KILOBYTES + EACH_KILOBYTES * CONNECTIONS);
    }

    /** Connections that the gateway, or the kernel for it, still has something to do with: slowhttptest itself notices the end of some late or never. */
    private static int held() throws IOException, InterruptedException {
        return (int) garden.run("ss", "-Htan", "sport = :" + garden.port(3128))
                .output()
                .lines()
                .filter(line -> line.matches("(ESTAB|FIN-WAIT-1|CLOSE-WAIT|LAST-ACK|CLOSING) .*"))
                .count();
    }

    /** Somebody else asks, and is to have an answer; how long it took. */
    private static long ask(String gateway) throws IOException, InterruptedException {
        String seen = garden.run(
                        "curl",
                        "-s",
                        "-S",
                        "--max-time",
                        "10",
                        "-x",
                        gateway,
                        "-w",
                        "%{time_total}",
                        "http://quiet.mirror.kp/hello.txt")
                .output();
        assertThat(seen).startsWith("hello\n");
        return Math.round(Double.parseDouble(seen.substring(6)) * 1_000);
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(garden.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
