package kwangmyong.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.mail.store.StoreLimits;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HostileInputTest {
    private static final List<String> SESSIONS = List.of(
            "EHLO x\r\nMAIL FROM:<academic@silibank.net.kp> SIZE=10 BODY=8BITMIME\r\nRCPT TO:<trader@silibank.net.kp>\r\nDATA\r\na\r\n..b\r\n.\r\nQUIT\r\n",
            "EHLO x\r\nSTARTTLS\r\n",
            "HELO x\r\nVRFY a\r\nHELP\r\nNOOP\r\nRSET\r\nAUTH PLAIN AGEAYg==\r\nQUIT\r\n",
            "CAPA\r\nUSER trader\r\nPASS trader-demo\r\nSTAT\r\nLIST\r\nUIDL 1\r\nTOP 1 0\r\nRETR 1\r\nDELE 1\r\nRSET\r\nQUIT\r\n",
            "AUTH PLAIN\r\nAHRyYWRlcgB0cmFkZXItZGVtbw==\r\nLIST\r\nQUIT\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(MailConfig.Protocol.class)
    void aPortOutlivesMalformedSessions(MailConfig.Protocol protocol) throws Exception {
        List<byte[]> samples = SESSIONS.stream()
                .map(session -> session.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        try (MailBench bench = new MailBench(directory)) {
            SeededFuzz.of(samples, 150).tryAll(input -> throwAt(bench, protocol.word(), input));
            try (MailClient client = bench.connect(protocol.word(), MailBench.ACADEMIC)) {
                assertThat(client.reply()).matches("(220|\\+OK) mail.*");
                assertThat(client.ask("QUIT")).matches("(221|\\+OK).*");
            }
        }
        try (Stream<Path> files = Files.walk(directory.resolve("mail"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> file.toString().contains("/tmp/1"));
        }
    }

    private static void throwAt(MailBench bench, String protocol, byte[] input) throws IOException {
        try (Socket socket = new Socket(
                bench.socket(protocol).getAddress(),
                bench.socket(protocol).getPort(),
                bench.plan.socket(Addresses.parse(MailBench.ACADEMIC)),
                0)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes(); // it ends: the server closes once it has answered
        } catch (SocketException reset) {
            // the server had enough before all was sent
        }
    }

    @Test
    void whoeverSaysNothingIsSentAway() throws Exception {
        MailLimits hasty = new MailLimits(1_000, 5, 10, 2, 6, 3, Duration.ZERO, Duration.ofMillis(300));
        try (MailBench bench = new MailBench(directory, hasty, StoreLimits.DEFAULT);
                MailClient smtp = bench.connect("smtp", MailBench.ACADEMIC);
                MailClient pop3 = bench.connect("pop3", MailBench.TRADER)) {
            assertThat(smtp.reply()).startsWith("220");
            assertThat(smtp.reply()).startsWith("421 4.4.2");
            assertThat(smtp.hear()).isNull();
            assertThat(pop3.reply()).startsWith("+OK");
            assertThat(pop3.hear()).isNull();
        }
    }

    @Test
    void oneTerminalDoesNotTakeEveryConnection() throws Exception {
        MailLimits few = new MailLimits(1_000, 5, 10, 2, 6, 3, Duration.ZERO, Duration.ofSeconds(20));
        try (MailBench bench = new MailBench(directory, few, StoreLimits.DEFAULT);
                MailClient first = bench.connect("smtp", MailBench.ACADEMIC);
                MailClient second = bench.connect("smtp", MailBench.ACADEMIC)) {
            assertThat(first.reply()).startsWith("220");
            assertThat(second.reply()).startsWith("220");
            try (MailClient third = bench.connect("smtp", MailBench.ACADEMIC);
                    MailClient other = bench.connect("smtp", MailBench.TRADER)) {
                assertThat(third.reply()).startsWith("421 4.7.0");
                assertThat(third.hear()).isNull();
                assertThat(other.reply()).startsWith("220");
            }
        }
    }

    @Test
    void aFullMailboxRefusesForNow() throws Exception {
        try (MailBench bench = new MailBench(directory, MailBench.LIMITS, new StoreLimits(1_000_000, 1));
                MailClient client = bench.connect("smtp", MailBench.ACADEMIC)) {
            client.reply();
            client.ask("EHLO x");
            client.ask("MAIL FROM:<academic@silibank.net.kp>");
            assertThat(client.ask("RCPT TO:<trader@silibank.net.kp>")).startsWith("250");
            client.ask("DATA");
            assertThat(client.ask("one\r\n.")).startsWith("250");
            client.ask("MAIL FROM:<academic@silibank.net.kp>");
            assertThat(client.ask("RCPT TO:<trader@silibank.net.kp>")).startsWith("452 4.2.2");
            assertThat(client.ask("RCPT TO:<official@silibank.net.kp>")).startsWith("250");
        }
    }

    @Test
    void aLineThatNeverEndsIsToldOnceAndForgotten() throws Exception {
        try (MailBench bench = new MailBench(directory);
                MailClient client = bench.connect("smtp", MailBench.ACADEMIC)) {
            client.reply();
            for (int i = 0; i < 40; i++) {
                client.say("x".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.ask("")).startsWith("500 5.5.2 line too long");
            assertThat(client.ask("NOOP")).startsWith("250");
            assertThat(client.ask("NOOP " + "y".repeat(3_000))).startsWith("500 5.5.2");
        }
    }
}
