package kwangmyong.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.mail.api.HeldHeaders;
import kwangmyong.mail.api.HeldMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldMailTest {
    private static final String HELD = "held@silibank.net.kp";

    @TempDir
    Path folder;

    private MailBench bench = none();

    @SuppressWarnings("NullAway") // set before each test
    private static MailBench none() {
        return null;
    }

    @BeforeEach
    void open() throws Exception {
        bench = new MailBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void send(String subject, String... recipients) throws Exception {
        try (MailClient client = bench.connect("smtp", MailBench.ACADEMIC)) {
            client.reply();
            client.ask("EHLO x");
            assertThat(client.ask("MAIL FROM:<academic@silibank.net.kp>")).startsWith("250 ");
            for (String recipient : recipients) {
                assertThat(client.ask("RCPT TO:<" + recipient + ">")).startsWith("250 2.1.5");
            }
            assertThat(client.ask("DATA")).startsWith("354");
            assertThat(client.ask("Subject: " + subject + "\r\n folded\r\n\r\na body\r\n."))
                    .startsWith("250 2.0.0");
        }
    }

    private List<Path> mailbox(String address) throws Exception {
        Path fresh = bench.root.resolve(address).resolve("new");
        if (!Files.isDirectory(fresh)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(fresh)) {
            return files.toList();
        }
    }

    @Test
    void whatIsHeldIsNobodysUntilAnOperatorLetsItThrough() throws Exception {
        send("one", HELD, "trader@silibank.net.kp");
        assertThat(mailbox(HELD)).isEmpty();
        assertThat(mailbox("trader@silibank.net.kp")).hasSize(1);
        HeldMessage held = bench.held().held().get(0);
        assertThat(held.recipient()).isEqualTo(HELD);
        assertThat(held.sender()).isEqualTo("academic@silibank.net.kp");
        assertThat(held.subject()).isEqualTo("one folded");
        assertThat(held.octets()).isPositive();
        HeldHeaders header = bench.held().headers(held.id()).orElseThrow();
        assertThat(header.headers())
                .anyMatch(line -> line.startsWith("Received: "))
                .noneMatch(line -> line.contains("a body"));

        assertThat(bench.held().release("h00000000", "operator")).isEmpty();
        assertThat(bench.held().release(held.id(), "operator")).contains(held);
        assertThat(mailbox(HELD))
                .singleElement()
                .satisfies(file -> assertThat(Files.readString(file)).endsWith("a body\r\n"));
        assertThat(bench.held().held()).isEmpty();
        assertThat(bench.held().release(held.id(), "operator")).isEmpty();
        assertThat(bench.journal.events())
                .filteredOn(event -> List.of("hold", "deliver", "release").contains(event.action()))
                .extracting(event -> event.action() + " " + event.resource())
                .containsExactlyInAnyOrder("hold " + HELD, "deliver trader@silibank.net.kp", "release " + HELD);
        assertThat(bench.journal.events())
                .filteredOn(event -> event.action().equals("release"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).endsWith("from <academic@silibank.net.kp> by operator"));
    }

    @Test
    void whatIsRefusedIsGoneAndWhatIsHeldOutlivesTheServer() throws Exception {
        send("one", HELD);
        send("two", HELD);
        bench.close();
        assertThat(bench.held().held()).isEmpty();
        bench = new MailBench(folder);
        List<HeldMessage> held = bench.held().held();
        assertThat(held).extracting(HeldMessage::subject).containsExactlyInAnyOrder("one folded", "two folded");
        assertThat(bench.held().refuse(held.get(0).id(), "operator")).contains(held.get(0));
        assertThat(bench.held().held()).containsExactly(held.get(1));
        assertThat(mailbox(HELD)).isEmpty();
    }
}
