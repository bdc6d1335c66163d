package kwangmyong.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MailServiceTest {
    private static final String TO_TRADER = "RCPT TO:<trader@silibank.net.kp>";
    private static final String TRACE_END = "+0000\r\n";

    @TempDir
    Path directory;

    private MailBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new MailBench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void whatIsSentOverStarttlsIsFetchedByteForByte() throws Exception {
        String message = "Subject: 광명\r\n\r\n.dot\r\n..\r\n안녕하십니까\r\n\0\u00ff binary\r\n" + "x".repeat(3_000) + "\r\n";
        try (MailClient client = bench.connect("submission", MailBench.CAFE)) {
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.ask("EHLO x")).isEqualTo("250 STARTTLS");
            assertThat(client.ask("AUTH PLAIN " + plain("academic"))).startsWith("538 5.7.11");
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("530 5.7.0");
            assertThat(client.ask("STARTTLS")).startsWith("220 ");
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("503 5.5.1");
            assertThat(client.ask("EHLO x")).isEqualTo("250 AUTH PLAIN LOGIN");
            assertThat(client.ask("STARTTLS")).startsWith("503 ");
            assertThat(client.ask("AUTH PLAIN " + plain("academic"))).startsWith("235 ");
            begin(client);
            client.say(message.replace("\r\n.", "\r\n..") + ".");
            assertThat(client.reply()).startsWith("250 2.0.0");
        }
        String stored = fetchFirst("trader");
        assertThat(stored).startsWith("Return-Path: <academic@silibank.net.kp>\r\nReceived: from x ([10.76.10.11])");
        assertThat(stored).contains("(subject academic)", "with ESMTPSA", "for <trader@silibank.net.kp>;");
        assertThat(stored.substring(stored.indexOf(TRACE_END) + TRACE_END.length()))
                .isEqualTo(message);
    }

    @Test
    void everyRecipientHasTheMessageWhenItIsAcknowledged() throws Exception {
        try (MailClient client = relay()) {
            client.ask("MAIL FROM:<academic@silibank.net.kp>");
            assertThat(client.ask(TO_TRADER)).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<academic@silibank.net.kp>")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<Postmaster>")).startsWith("250 ");
            client.ask("DATA");
            assertThat(client.ask("\r\nhello\r\n.")).startsWith("250 ");
            assertThat(messages("trader")).hasSize(1);
            assertThat(messages("academic")).hasSize(1);
            assertThat(messages("official")).hasSize(1);
        }
        assertThat(bench.journal.events().stream()
                        .filter(event -> event.action().equals("deliver")))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.detail()).contains("from <academic@silibank.net.kp>"));
    }

    @Test
    void nothingThatWasSentInTheClearBehindStarttlsIsObeyed() throws Exception {
        try (MailClient client = bench.connect("submission", MailBench.CAFE)) {
            client.reply();
            client.ask("EHLO x");
            client.say("STARTTLS\r\nNOOP\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.ask("EHLO y")).isEqualTo("250 AUTH PLAIN LOGIN");
        }
        try (MailClient client = bench.connect("pop3", MailBench.CAFE)) {
            client.reply();
            client.say("STLS\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.reply()).startsWith("+OK");
            assertThat(client.ask("NOOP")).startsWith("-ERR");
        }
    }

    @Test
    void aMessageIsNotSmuggledInsideAnother() throws Exception {
        for (String end : new String[] {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r"}) {
            try (MailClient client = relay()) {
                begin(client);
                client.say(("a" + end + "MAIL FROM:<academic@silibank.net.kp>\r\n" + TO_TRADER
                                + "\r\nDATA\r\nsmuggled\r\n.\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(client.reply()).startsWith("521 5.5.2");
                assertThat(client.hear()).isNull();
            }
        }
        try (MailClient client = relay()) {
            begin(client);
            assertThat(client.ask("a\nb\r\n.")).startsWith("550 5.6.0");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
        assertThat(messages("trader")).isEmpty();
    }

    @Test
    void aMessagePastTheLimitIsRefusedAndLeavesNothing() throws Exception {
        try (MailClient client = relay()) {
            begin(client);
            String line = "x".repeat(998) + "\r\n";
            assertThat(client.ask(line.repeat(250) + ".")).startsWith("552 5.3.4");
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("250");
        }
        await().untilAsserted(() -> assertThat(everyFile()).isEmpty());
    }

    @Test
    void aMessageNearTheLimitArrivesWhole() throws Exception {
        byte[] random = new byte[140_000];
        new Random(7).nextBytes(random);
        String text = Base64.getMimeEncoder().encodeToString(random) + "\r\n";
        try (MailClient client = relay()) {
            begin(client);
            assertThat(client.ask("\r\n" + text + ".")).startsWith("250 ");
        }
        assertThat(fetchFirst("trader")).endsWith(text);
    }

    @Test
    void mailThatGoesInCirclesIsRefused() throws Exception {
        try (MailClient client = relay()) {
            begin(client);
            assertThat(client.ask("Received: from x\r\n".repeat(101) + "\r\nbody\r\n."))
                    .startsWith("554 5.4.6");
            begin(client);
            assertThat(client.ask("Received: from x\r\n".repeat(100) + "\r\nReceived: in the body\r\n."))
                    .startsWith("250");
        }
    }

    @Test
    void onlySoManyRecipients() throws Exception {
        try (MailClient client = relay()) {
            client.ask("MAIL FROM:<academic@silibank.net.kp>");
            for (int i = 0; i < 5; i++) {
                assertThat(client.ask("RCPT TO:<trader@silibank.net.kp>"))
                        .startsWith("250"); // the same one counts once
            }
            assertThat(client.ask("RCPT TO:<김책@silibank.net.kp>")).startsWith("553 5.6.7");
        }
    }

    @Test
    void anAddressInHangulIsServedUnderSmtputf8() throws Exception {
        try (MailClient client = relay()) {
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp> SMTPUTF8"))
                    .startsWith("250");
            assertThat(client.ask("RCPT TO:<김책@silibank.net.kp>")).startsWith("250");
            client.ask("DATA");
            assertThat(client.ask("Subject: 김책에게\r\n\r\n안녕\r\n.")).startsWith("250");
        }
        assertThat(fetchFirst("김책")).contains("for <김책@silibank.net.kp>", "with UTF8SMTP", "Subject: 김책에게");
    }

    @Test
    void aClientThatHasSaidEverythingStillHearsEveryAnswer() throws Exception {
        try (MailClient client = relay()) {
            client.say("MAIL FROM:<academic@silibank.net.kp>\r\n" + TO_TRADER + "\r\nDATA\r\nbody\r\n.\r\nNOOP");
            client.endOutput();
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.1.5");
            assertThat(client.reply()).startsWith("354");
            assertThat(client.reply()).startsWith("250 2.0.0 stored");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void nobodyAtACafeTerminalSendsByTerminal() throws Exception {
        try (MailClient client = bench.connect("smtp", MailBench.CAFE)) {
            client.reply();
            client.ask("EHLO x");
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("530 5.7.0");
        }
    }

    @Test
    void aRefusedRecipientIsJournaledWithItsReason() throws Exception {
        try (MailClient client = relay()) {
            client.ask("MAIL FROM:<academic@silibank.net.kp>");
            assertThat(client.ask("RCPT TO:<someone@example.com>")).startsWith("550 5.7.1");
        }
        Event last = bench.journal.events().get(bench.journal.events().size() - 1);
        assertThat(last.resource()).hasToString("someone@example.com");
        assertThat(last.decision()).isNotNull();
        assertThat(last.decision().reason()).isEqualTo(Reason.NOT_LOCAL);
    }

    @Test
    void anOpenConnectionIsCutWhenItsSubjectMayNoLongerUseMail() throws Exception {
        try (MailClient smtp = bench.connect("submissions", MailBench.CAFE);
                MailClient pop3 = bench.connect("pop3", MailBench.TRADER)) {
            smtp.reply();
            smtp.ask("EHLO x");
            smtp.ask("AUTH PLAIN " + plain("academic"));
            pop3.reply();
            logIn(pop3, "trader");
            bench.policy.become(MailBench::decide);
            assertThat(smtp.ask("NOOP")).startsWith("250");

            bench.policy.become(access -> ScriptedPolicy.deny(Reason.CLEARANCE, new Presentation.Mail(535, "5.7.8")));

            assertThat(smtp.reply()).startsWith("421 4.7.0");
            assertThat(smtp.hear()).isNull();
            assertThat(pop3.reply()).startsWith("-ERR [SYS/PERM]");
            assertThat(pop3.hear()).isNull();
        }
        assertThat(bench.journal.events().stream()
                        .filter(event -> event.action().equals("cut")))
                .hasSize(2);
    }

    @Test
    void aMessageWhoseSenderLogsOutBeforeItsEndIsNotStored() throws Exception {
        try (MailClient client = relay()) {
            begin(client);
            client.say("half a message");
            bench.sessions
                    .logOut(Addresses.parse(MailBench.ACADEMIC))
                    .toCompletableFuture()
                    .get();
            bench.policy.become(MailBench::decide);
            assertThat(client.reply()).startsWith("421 4.7.0");
        }
        await().untilAsserted(() -> assertThat(everyFile()).isEmpty());
    }

    @Test
    void tooManyRefusedAttemptsEndTheConnection() throws Exception {
        try (MailClient client = bench.connect("submissions", MailBench.CAFE)) {
            client.reply();
            client.ask("EHLO x");
            assertThat(client.ask("AUTH PLAIN " + plain("x", "y"))).startsWith("535 5.7.8");
            assertThat(client.ask("AUTH PLAIN " + plain("x", "y"))).startsWith("535 5.7.8");
            assertThat(client.ask("AUTH PLAIN " + plain("x", "y"))).startsWith("535 5.7.8");
            assertThat(client.reply()).startsWith("421 4.7.0");
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void oneReaderAtATimeAndDeletionsOnlyAtTheEnd() throws Exception {
        deliver("one");
        deliver("two");
        try (MailClient first = bench.connect("pop3", MailBench.TRADER);
                MailClient second = bench.connect("pop3s", MailBench.TRADER)) {
            first.reply();
            assertThat(logIn(first, "trader")).startsWith("+OK 2 messages");
            second.reply();
            assertThat(logIn(second, "trader")).startsWith("-ERR [IN-USE]");
            assertThat(first.ask("DELE 1")).startsWith("+OK");
            assertThat(first.ask("DELE 1")).startsWith("-ERR");
            assertThat(first.ask("STAT")).startsWith("+OK 1 ");
            assertThat(first.ask("RSET")).startsWith("+OK");
            assertThat(first.ask("DELE 2")).startsWith("+OK");
            assertThat(first.ask("TOP 1 0")).startsWith("+OK");
            assertThat(first.body()).endsWith("Subject: one\r\n\r\n");
            assertThat(first.ask("QUIT")).startsWith("+OK");
            assertThat(first.hear()).isNull();
            assertThat(logIn(second, "trader")).startsWith("+OK 1 messages");
        }
        assertThat(fetchFirst("trader")).contains("Subject: one");
    }

    @Test
    void aReaderWhoGoesAwayWithoutQuitDeletesNothingAndLetsTheNextIn() throws Exception {
        deliver("one");
        try (MailClient client = bench.connect("pop3", MailBench.TRADER)) {
            client.reply();
            logIn(client, "trader");
            client.ask("DELE 1");
        }
        await().untilAsserted(() -> assertThat(fetchFirst("trader")).contains("Subject: one"));
    }

    @Test
    void uniqueIdsStayWithTheirMessages() throws Exception {
        deliver("one");
        String before = uidl();
        bench.close();
        bench = new MailBench(directory);
        fetchFirst("trader");

        assertThat(uidl()).isEqualTo(before).matches("(?s)1 [!-~]{1,70}\r\n");
    }

    private String uidl() throws IOException {
        try (MailClient client = bench.connect("pop3", MailBench.TRADER)) {
            client.reply();
            logIn(client, "trader");
            client.ask("UIDL");
            String ids = client.body();
            client.ask("QUIT");
            return ids;
        }
    }

    private void deliver(String subject) throws IOException {
        try (MailClient client = relay()) {
            begin(client);
            assertThat(client.ask("Subject: " + subject + "\r\n\r\nbody\r\n.")).startsWith("250");
        }
    }

    private MailClient relay() throws IOException {
        MailClient client = bench.connect("smtp", MailBench.ACADEMIC);
        client.reply();
        client.ask("EHLO x");
        return client;
    }

    private static void begin(MailClient client) throws IOException {
        assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("250");
        assertThat(client.ask(TO_TRADER)).startsWith("250");
        assertThat(client.ask("DATA")).startsWith("354");
    }

    private static String logIn(MailClient client, String subject) throws IOException {
        assertThat(client.ask("USER " + subject)).startsWith("+OK");
        return client.ask("PASS " + subject + "-demo");
    }

    private String fetchFirst(String subject) throws IOException {
        try (MailClient client = bench.connect("pop3s", MailBench.CAFE)) {
            client.reply();
            assertThat(logIn(client, subject)).startsWith("+OK");
            assertThat(client.ask("RETR 1")).startsWith("+OK");
            String message = client.body();
            assertThat(client.ask("QUIT")).startsWith("+OK");
            return message;
        }
    }

    private List<Path> messages(String subject) throws IOException {
        Path delivered = bench.root.resolve(subject + "@silibank.net.kp/new");
        if (!Files.isDirectory(delivered)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(delivered)) {
            return files.toList();
        }
    }

    private List<Path> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(bench.root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String plain(String subject) {
        return plain(subject, subject + "-demo");
    }

    private static String plain(String name, String password) {
        return Base64.getEncoder().encodeToString(("\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
