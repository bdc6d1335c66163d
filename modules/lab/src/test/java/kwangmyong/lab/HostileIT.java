package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rubbish on every port of a running lab; no connection sticks, and afterwards the lab keeps every promise, has logged no error, and holds no
 * more memory and no more files than before. The number of inputs a port is small in a build; {@code -Dkwm.hostile.rounds=20000} is what a
 * release is held to, {@code -Dkwm.hostile.seed=N} repeats.
 */
final class HostileIT {
    private static final int ROUNDS = Integer.getInteger("kwm.hostile.rounds", 200);
    private static final long SEED = Long.getLong("kwm.hostile.seed", System.nanoTime());

    /** Connections at once to each port: enough that one whose answer is slowed down on purpose keeps no port waiting. */
    private static final int AT_ONCE = 12;

    private static final int ANSWER_WITHIN_MILLIS = 60_000;
    private static final int MAX_RESIDENT_MEGABYTES = 400;
    private static final int MAX_GROWTH_KILOBYTES = 12_000;
    private static final List<Integer> TLS_FIRST = List.of(443, 465, 995);
    private static final Pattern LISTENER = Pattern.compile("10\\.76\\.0\\.1:(\\d+) at 127\\.76\\.0\\.1:(\\d+)");

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension();

    /** What the lab holds when nobody asks for anything. */
    private record Held(long heapKilobytes, long residentMegabytes, long files) {}

    @Test
    void keepsItsPromisesAfterRubbishOnEveryPort() throws Exception {
        List<Integer> ports = ports();
        System.out.println("seed " + SEED + ", " + ROUNDS + " inputs to each of " + ports + " and over UDP");
        throwAtAll(ports, 0, ROUNDS / 10);
        keepsItsPromises(); // what is made once and kept, as the memory of password hashes, is made by now
        Held before = held();
        long begun = System.nanoTime();
        throwAtAll(ports, ROUNDS / 10, ROUNDS);
        System.out.println("thrown in " + (System.nanoTime() - begun) / 1_000_000 + " ms");

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(files())
                        .as("open files, of which there were %d", before.files())
                        .isLessThanOrEqualTo(before.files() + 8));
        Held after = held();
        System.out.println("before " + before + ", after " + after);
        assertThat(after.heapKilobytes()).isLessThan(before.heapKilobytes() + MAX_GROWTH_KILOBYTES);
        assertThat(after.residentMegabytes()).isLessThan(MAX_RESIDENT_MEGABYTES);
        keepsItsPromises();
        assertThat(Files.readString(garden.state().resolve("logs/kwm.log"))).doesNotContain(" ERROR ", "LEAK");
    }

    private static void keepsItsPromises() throws Exception {
        Outcome tour = garden.kwm("tour");
        assertThat(tour.status()).as(tour.output()).isZero();
    }

    /** Every port that the lab opens at its services' address, as the lab says; by the port that its own addresses have. */
    private static List<Integer> ports() throws Exception {
        Outcome status = garden.kwm("status");
        assertThat(status.status()).as(status.output()).isZero();
        List<Integer> ports = new ArrayList<>(new TreeSet<>(LISTENER.matcher(status.output())
                .results()
                .map(MatchResult::group)
                .map(text -> Integer.valueOf(text.replaceAll("10\\.76\\.0\\.1:(\\d+) .*", "$1")))
                .toList()));
        assertThat(ports).contains(22, 25, 53, 80, 110, 443, 465, 587, 995, 3128);
        return ports;
    }

    private static void throwAtAll(List<Integer> ports, int from, int to) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            var sent = new TreeMap<String, Future<?>>();
            for (int port : ports) {
                for (int lane = 0; lane < AT_ONCE; lane++) {
                    int first = from + lane;
                    sent.put("port " + port + ", lane " + lane, threads.submit(() -> {
                        for (int round = first; round < to; round += AT_ONCE) {
                            send(port, round);
                        }
                        return null;
                    }));
                }
            }
            sent.put("UDP", threads.submit(() -> {
                flood(from, to);
                return null;
            }));
            for (Future<?> one : sent.values()) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void send(int port, int round) throws IOException {
        var random = new Random(SEED + port * 1_000_003L + round);
        boolean tls = TLS_FIRST.contains(port);
        boolean shakesHands = tls && random.nextInt(10) == 0;
        byte[] rubbish = tls && !shakesHands ? Rubbish.beforeTls(random) : Rubbish.of(port, random);
        try (Socket plain = connect(port, round)) {
            Socket socket = shakesHands ? underTls(plain) : plain;
            socket.getOutputStream().write(rubbish);
            if (!shakesHands) { // the end of what a TLS client says is not the end of its reading: it hangs up instead
                socket.shutdownOutput();
                socket.getInputStream().readNBytes(1 << 16);
            }
        } catch (SocketException | SSLException cut) {
            // hanging up on rubbish is an answer
        } catch (SocketTimeoutException stuck) {
            throw new IOException(
                    "seed " + SEED + ", port " + port + ", round " + round + ": neither answers nor closes", stuck);
        }
    }

    /** From one of a hundred terminals of the campus, none of them anybody's seat, so that no limit of one terminal is what answers. */
    private static Socket connect(int port, int round) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.76.20." + (100 + round % 100)), 0));
        socket.connect(service(port), ANSWER_WITHIN_MILLIS);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        return socket;
    }

    private static Socket underTls(Socket plain) throws IOException {
        return GardenWire.trusting()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), false);
    }

    private static InetSocketAddress service(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.76.0.1"), Integer.parseInt(garden.port(port)));
    }

    /** Rubbish over UDP, with a question that must be answered after every few, so that none is lost for want of room. */
    private static void flood(int from, int to) throws IOException {
        byte[] question = "\0\1\0\0\0\1\0\0\0\0\0\0\6portal\2kp\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.76.20.99"), 0))) {
            socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
            for (int round = from; round < to; round++) {
                byte[] rubbish = Rubbish.of(53, new Random(SEED - round));
                socket.send(new DatagramPacket(rubbish, Math.min(rubbish.length, 1_400), service(53)));
                if (round % 50 == 0 || round == to - 1) {
                    question[0] = (byte) 0xd5; // what the rubbish's first octet never is while its opening is kept
                    question[1] = (byte) round;
                    socket.send(new DatagramPacket(question, question.length, service(53)));
                    awaitAnswer(socket, question);
                }
            }
        }
    }

    private static void awaitAnswer(DatagramSocket socket, byte[] question) throws IOException {
        var answer = new DatagramPacket(new byte[4_096], 4_096);
        do {
            socket.receive(answer);
        } while (answer.getData()[0] != question[0] || answer.getData()[1] != question[1]);
    }

    private static Held held() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        garden.run(jcmd.toString(), Long.toString(garden.pid()), "GC.run");
        Outcome heap = garden.run(jcmd.toString(), Long.toString(garden.pid()), "GC.heap_info");
        long used = Pattern.compile("(?:generation|gen) .*?used (\\d+)K")
                .matcher(heap.output())
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        assertThat(used).as(heap.output()).isPositive();
        return new Held(used, residentMegabytes(), files());
    }

    private static long files() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + garden.pid() + "/fd"))) {
            return open.count();
        }
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + garden.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                .findFirst()
                .orElseThrow();
    }
}
