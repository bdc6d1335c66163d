package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rubbish on every port of a running lab; afterwards it still keeps every promise, has logged no error, and has not grown. The number of inputs a port
 * is small in a build; {@code -Dkwm.hostile.rounds=20000} is what a release is held to.
 */
final class HostileIT {
    private static final int ROUNDS = Integer.getInteger("kwm.hostile.rounds", 200);
    private static final long SEED = Long.getLong("kwm.hostile.seed", 20260301L);
    private static final int AT_ONCE = 8;
    private static final int ANSWER_WITHIN_MILLIS = 20_000;
    private static final int MAX_RESIDENT_MEGABYTES = 400;

    private static final Map<Integer, List<String>> OPENINGS = Map.ofEntries(
            Map.entry(22, List.of("SSH-2.0-OpenSSH_9.2\r\n", "GET / HTTP/1.1\r\n\r\n")),
            Map.entry(25, List.of("EHLO a\r\nMAIL FROM:<a@b>\r\n", "HELO\r\nDATA\r\n.\r\n")),
            Map.entry(53, List.of("\0\33\0\1\1\0\0\1\0\0\0\0\0\0\3kcn\0\0\1\0\1", "\0\2\0\0")),
            Map.entry(
                    80,
                    List.of(
                            "GET /login HTTP/1.1\r\nHost: portal.kp\r\n\r\n",
                            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")),
            Map.entry(110, List.of("CAPA\r\nUSER resident\r\nPASS x\r\n", "APOP a b\r\n")),
            Map.entry(443, List.of("\26\3\1\2\0\1\0\1\374\3\3", "GET / HTTP/1.1\r\n\r\n")),
            Map.entry(465, List.of("\26\3\1\2\0\1\0\1\374\3\3", "EHLO a\r\n")),
            Map.entry(587, List.of("EHLO a\r\nAUTH PLAIN AAAA\r\n", "STARTTLS\r\n\26\3\1")),
            Map.entry(995, List.of("\26\3\1\2\0\1\0\1\374\3\3", "CAPA\r\n")),
            Map.entry(
                    3128,
                    List.of(
                            "GET http://kcna.kp/ HTTP/1.1\r\nHost: kcna.kp\r\n\r\n",
                            "CONNECT kcna.kp:443 HTTP/1.1\r\nHost: kcna.kp:443\r\n\r\n",
                            "POST http://kcna.kp/ HTTP/1.1\r\nHost: kcna.kp\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")));

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension();

    @Test
    void keepsItsPromisesAfterRubbishOnEveryPort() throws Exception {
        System.out.println("seed " + SEED + ", " + ROUNDS + " inputs a port");
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int port : OPENINGS.keySet()) {
                for (int round = 0; round < ROUNDS; round++) {
                    Random random = new Random(SEED + port * 1_000_003L + round);
                    sent.add(threads.submit(() -> {
                        send(port, rubbish(port, random));
                        return null;
                    }));
                }
            }
            sent.add(threads.submit(() -> {
                flood();
                return null;
            }));
            for (Future<?> one : sent) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Outcome tour = garden.kwm("tour");
        assertThat(tour.status()).as(tour.output()).isZero();
        assertThat(Files.readString(garden.state().resolve("logs/kwm.log"))).doesNotContain(" ERROR ", "LEAK");
        assertThat(residentMegabytes()).isLessThan(MAX_RESIDENT_MEGABYTES);
    }

    /** An opening that the service knows, cut, flipped, repeated or followed by noise. */
    private static byte[] rubbish(int port, Random random) {
        List<String> openings = OPENINGS.getOrDefault(port, List.of(""));
        byte[] opening = openings.get(random.nextInt(openings.size())).getBytes(StandardCharsets.ISO_8859_1);
        byte[] noise = new byte[random.nextInt(1 << (random.nextInt(13) + 1))];
        random.nextBytes(noise);
        int kept = random.nextInt(opening.length + 1);
        byte[] all = java.util.Arrays.copyOf(opening, kept + noise.length);
        System.arraycopy(noise, 0, all, kept, noise.length);
        for (int flips = random.nextInt(4); flips > 0 && kept > 0; flips--) {
            all[random.nextInt(kept)] ^= (byte) (1 << random.nextInt(8));
        }
        return all;
    }

    private static void send(int port, byte[] rubbish) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.76.20.11"), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName("127.76.0.1"), Integer.parseInt(garden.port(port))),
                    ANSWER_WITHIN_MILLIS);
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            socket.getOutputStream().write(rubbish);
            socket.shutdownOutput();
            socket.getInputStream().readNBytes(1 << 16);
        } catch (SocketException cut) {
            // hanging up on rubbish is an answer
        } catch (SocketTimeoutException stuck) {
            throw new IOException("port " + port + " neither answers nor closes", stuck);
        }
    }

    private static void flood() throws IOException {
        var target = new InetSocketAddress(InetAddress.getByName("127.76.0.1"), Integer.parseInt(garden.port(53)));
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.76.20.11"), 0))) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] rubbish = rubbish(53, new Random(SEED - round));
                socket.send(new DatagramPacket(rubbish, Math.min(rubbish.length, 1_400), target));
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        String about = Files.readString(garden.state().resolve("run/lab.properties"));
        long pid = about.lines()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring(4)))
                .findFirst()
                .orElseThrow();
        return Files.readAllLines(java.nio.file.Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElseThrow();
    }
}
