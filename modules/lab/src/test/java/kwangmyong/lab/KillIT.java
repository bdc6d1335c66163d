package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The whole lab killed in the middle of letters, log-ins and look-ups: what was acknowledged is there when it is up again, the journal's chain
 * verifies, and half a line, such as a power cut leaves, is set aside and said. {@code -Dkwm.kill.times=N} kills more often.
 */
final class KillIT {
    private static final int TIMES = Integer.getInteger("kwm.kill.times", 1);
    private static final int LETTERS = 150;
    private static final int LOG_INS = 4;
    private static final int LOOKUPS = 2_000;
    private static final int SENDERS = 4;
    private static final Pattern STORED = Pattern.compile("250 2\\.0\\.0 stored as (\\S+)");

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension();

    private final Set<String> letters = ConcurrentHashMap.newKeySet();
    private final Set<String> logIns = ConcurrentHashMap.newKeySet();
    private volatile boolean killed;

    @Test
    void whatWasAcknowledgedSurvivesKill9() throws Exception {
        int told = 0;
        for (int time = 1; time <= TIMES; time++) {
            killUnderLoad(letters.size() + LETTERS, logIns.size() + LOG_INS);
            tearLastLine();
            Outcome up = garden.kwm("up", "--detach", "--offset", Integer.toString(garden.offset()));
            assertThat(up.status()).as(up.output()).isZero();

            Outcome verified = garden.kwm("verify");
            assertThat(verified.status()).as(verified.output()).isZero();
            List<String> lines = Files.readAllLines(journal());
            int torn = (int)
                    lines.stream().filter(line -> line.contains("journal-torn")).count();
            assertThat(torn).isEqualTo(++told);
            assertThat(setAside()).isEqualTo(torn);
            String all = String.join("\n", lines);
            assertThat(letters).allSatisfy(id -> assertThat(all).contains(id));
            assertThat(logIns).allSatisfy(terminal -> assertThat(all).contains("\"terminal\":\"" + terminal + "\""));
            assertThat(fetched()).containsAll(letters);
            System.out.println("killed " + time + " times: " + letters.size() + " letters, " + logIns.size()
                    + " log-ins, " + lines.size() + " lines");
        }
    }

    private void killUnderLoad(int enoughLetters, int enoughLogIns) throws Exception {
        killed = false;
        var lookups = new AtomicInteger();
        ExecutorService load = Executors.newCachedThreadPool();
        for (int sender = 0; sender < SENDERS; sender++) {
            load.execute(this::sendUntilKilled);
        }
        load.execute(this::logInUntilKilled);
        load.execute(() -> lookUpUntilKilled(lookups));
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        letters.size() >= enoughLetters && logIns.size() >= enoughLogIns && lookups.get() >= LOOKUPS);
        ProcessHandle lab = ProcessHandle.of(garden.pid()).orElseThrow();
        lab.destroyForcibly();
        lab.onExit().get(20, TimeUnit.SECONDS);
        killed = true;
        load.shutdown();
        assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void sendUntilKilled() {
        try (var talk = new Talk("127.76.20.11", 25)) {
            talk.hear();
            talk.ask("EHLO kill.invalid");
            while (true) {
                talk.ask("MAIL FROM:<academic@silibank.net.kp>");
                talk.ask("RCPT TO:<trader@silibank.net.kp>");
                talk.ask("DATA");
                Matcher stored = STORED.matcher(talk.ask("Subject: kill\r\n\r\n" + "mail ".repeat(200) + "\r\n."));
                if (!stored.matches()) {
                    return;
                }
                letters.add(stored.group(1));
            }
        } catch (IOException killed) {
            // as intended
        }
    }

    /** Each from a terminal of its own, so that each is a log-in of its own, on disk before it is told. */
    private void logInUntilKilled() {
        for (int host = 100 + logIns.size(); host < 250; host++) {
            try (var talk = new Talk("127.76.20." + host, 110)) {
                talk.hear();
                talk.ask("USER academic");
                if (talk.ask("PASS academic-demo").startsWith("+OK")) {
                    logIns.add("10.76.20." + host);
                }
                talk.ask("QUIT");
            } catch (IOException killed) {
                return;
            }
        }
    }

    private void lookUpUntilKilled(AtomicInteger answered) {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.76.20.11"), 0))) {
            socket.setSoTimeout(1_000);
            for (int turn = 0; !killed; turn++) {
                String label = String.format("%09d", turn);
                byte[] question = ("\0\1\0\0\0\1\0\0\0\0\0\0\11" + label + "\2kp\0\0\1\0\1")
                        .getBytes(StandardCharsets.ISO_8859_1);
                socket.send(new DatagramPacket(question, question.length, service(53)));
                try {
                    socket.receive(new DatagramPacket(new byte[512], 512));
                    answered.incrementAndGet();
                } catch (SocketTimeoutException lost) {
                    // a datagram may be lost; the next is asked
                }
            }
        } catch (IOException nobodyListens) {
            // as intended: killed
        }
    }

    /** As a power cut would: the process alone, killed, leaves whole what one call wrote. */
    private static void tearLastLine() throws IOException {
        List<String> lines = Files.readAllLines(journal());
        String last = lines.get(lines.size() - 1);
        Files.writeString(journal(), last.substring(0, last.length() / 2), StandardOpenOption.APPEND);
    }

    private static Path journal() {
        return garden.state().resolve("journal/journal.jsonl");
    }

    private static long setAside() throws IOException {
        try (Stream<Path> files = Files.list(garden.state().resolve("journal"))) {
            return files.filter(file -> file.getFileName().toString().contains("torn"))
                    .count();
        }
    }

    /** The ids of the trader's letters, as POP3 tells them, each of them whole. */
    private static Set<String> fetched() throws IOException {
        Set<String> ids = new HashSet<>();
        try (var talk = new Talk("127.76.30.11", 110)) {
            talk.hear();
            talk.ask("USER trader");
            assertThat(talk.ask("PASS trader-demo")).startsWith("+OK");
            assertThat(talk.ask("UIDL")).startsWith("+OK");
            for (String line = talk.hear(); !line.equals("."); line = talk.hear()) {
                ids.add(line.split(" ", 2)[1]);
            }
            for (int message = 1; message <= ids.size(); message++) {
                assertThat(talk.ask("RETR " + message)).startsWith("+OK");
                String last = "";
                for (String line = talk.hear(); !line.equals("."); line = talk.hear()) {
                    last = line;
                }
                assertThat(last).isEqualTo("mail ".repeat(200));
            }
            talk.ask("QUIT");
        }
        return ids;
    }

    private static InetSocketAddress service(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.76.0.1"), Integer.parseInt(garden.port(port)));
    }

    /** Lines to and fro; of a reply of several lines the last counts. */
    private static final class Talk implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader reader;

        Talk(String terminal, int port) throws IOException {
            socket.bind(new InetSocketAddress(InetAddress.getByName(terminal), 0));
            socket.connect(service(port));
            socket.setSoTimeout(20_000);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            String line = hear();
            while (line.matches("\\d{3}-.*")) {
                line = hear();
            }
            return line;
        }

        String hear() throws IOException {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the connection was closed");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
