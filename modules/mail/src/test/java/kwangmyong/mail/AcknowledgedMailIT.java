package kwangmyong.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.tls.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 250 is on disk, whatever happens next. */
final class AcknowledgedMailIT {
    private static final Pattern STORED = Pattern.compile("250 2\\.0\\.0 stored as (\\S+)");
    private static final int SENDERS = 8;
    private static final int ENOUGH = 300;

    @TempDir
    Path directory;

    @Test
    void survivesKill9UnderLoad() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (MailProcess server = new MailProcess(directory, List.of())) {
            for (int i = 0; i < SENDERS; i++) {
                senders.execute(() -> sendUntilKilled(server, acknowledged));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= ENOUGH);
            server.kill();
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        try (MailBench restarted = new MailBench(directory)) {
            assertThat(restarted.listeners()).isNotEmpty();
            List<String> kept = files("new");
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
            assertThat(acknowledged).allMatch(id -> kept.stream().anyMatch(name -> name.startsWith(id + ",S=")));
            assertThat(files("tmp")).isEmpty();
            for (Path file : paths("new")) {
                assertThat(Files.readString(file)).endsWith("\r\nthe end\r\n");
            }
        }
    }

    @Test
    void everyAcknowledgementFollowsTheForcingOfFileAndDirectory() throws Exception {
        assumeThat(new ProcessBuilder("sh", "-c", "command -v strace").start().waitFor())
                .isZero();
        Path trace = directory.resolve("trace");
        List<String> prefix = List.of(
                "strace",
                "-f",
                "-qq",
                "-y",
                "-s",
                "40",
                "-e",
                "trace=fsync,fdatasync,rename,write,sendto,writev",
                "-o",
                trace.toString());
        List<String> ids = new ArrayList<>();
        try (MailProcess server = new MailProcess(directory, prefix)) {
            for (int i = 0; i < 3; i++) {
                ids.add(stored(server));
            }
            server.kill();
        }
        List<String> calls = Files.readAllLines(trace);
        for (String id : ids) {
            int fileForced = first(calls, 0, "fsync\\(.*tmp/" + Pattern.quote(id) + ".*");
            int appeared = first(calls, fileForced, "rename\\(.*" + Pattern.quote(id) + ".*");
            int directoryForced = first(calls, appeared, "fsync\\(.*/new>.*");
            first(
                    calls,
                    directoryForced,
                    "(write|sendto|writev)\\(.*250 2\\.0\\.0 stored as " + Pattern.quote(id.substring(0, 12)) + ".*");
        }
    }

    @Test
    void aFullDiskIsToldAndLosesNothing() throws Exception {
        List<String> prefix = List.of("bash", "-c", "ulimit -f 120; exec \"$@\"", "limited");
        String half = "x".repeat(998) + "\r\n";
        try (MailProcess server = new MailProcess(directory, prefix);
                MailClient client = connect(server)) {
            begin(client);
            assertThat(client.ask(half.repeat(150) + ".")).startsWith("452 4.3.1");
            begin(client);
            assertThat(client.ask("small\r\nthe end\r\n.")).startsWith("250 2.0.0");
        }
        assertThat(files("new")).hasSize(1);
        assertThat(files("tmp")).isEmpty();
    }

    private void sendUntilKilled(MailProcess server, Set<String> acknowledged) {
        try (MailClient client = connect(server)) {
            while (true) {
                begin(client);
                Matcher stored = STORED.matcher(client.ask("\r\n" + "mail ".repeat(400) + "\r\nthe end\r\n."));
                if (!stored.matches()) {
                    return;
                }
                acknowledged.add(stored.group(1));
            }
        } catch (IOException | AssertionError killed) {
            // as intended
        }
    }

    private String stored(MailProcess server) throws IOException {
        try (MailClient client = connect(server)) {
            begin(client);
            Matcher stored = STORED.matcher(client.ask("\r\nthe end\r\n."));
            assertThat(stored.matches()).isTrue();
            return stored.group(1);
        }
    }

    private static void begin(MailClient client) throws IOException {
        assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("250");
        assertThat(client.ask("RCPT TO:<trader@silibank.net.kp>")).startsWith("250");
        assertThat(client.ask("DATA")).startsWith("354");
    }

    private MailClient connect(MailProcess server) throws IOException {
        AddressPlan plan = AddressPlan.loopback(0, List.of());
        MailClient client = new MailClient(
                plan.socket(Addresses.parse(MailBench.ACADEMIC)),
                new InetSocketAddress("127.76.0.1", server.port("smtp")),
                Authority.open(directory.resolve("keys"), "garden", "test garden")
                        .certificate());
        client.reply();
        client.ask("EHLO x");
        return client;
    }

    private static int first(List<String> calls, int from, String pattern) {
        for (int i = from; i < calls.size(); i++) {
            if (calls.get(i).matches(".*" + pattern)) {
                return i;
            }
        }
        throw new AssertionError("no call after line " + from + " is " + pattern);
    }

    private List<String> files(String part) throws IOException {
        return paths(part).stream().map(path -> path.getFileName().toString()).toList();
    }

    private List<Path> paths(String part) throws IOException {
        try (Stream<Path> files =
                Files.list(directory.resolve("mail/trader@silibank.net.kp").resolve(part))) {
            return files.toList();
        }
    }
}
