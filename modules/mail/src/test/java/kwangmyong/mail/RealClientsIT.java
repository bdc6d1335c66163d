package kwangmyong.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people use: curl, swaks, openssl, fetchmail. Each test is left out where its program is not installed. */
final class RealClientsIT {
    private static final String MESSAGE =
            "Subject: 시험\r\nFrom: academic@silibank.net.kp\r\n\r\n.dot first\r\n안녕, 광명\r\n..two\r\n";

    @TempDir
    Path directory;

    private MailBench bench;
    private Path authority;

    @BeforeEach
    void start() throws Exception {
        bench = new MailBench(directory);
        authority = bench.authority.exportTo(directory.resolve("ca"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void curlSendsOverStarttlsAndFetchesTheSameBytes() throws Exception {
        Path message = Files.writeString(directory.resolve("message"), MESSAGE);
        Ran sent = curlSend("smtp", "submission", "trader@silibank.net.kp", message);
        assertThat(sent.status()).as(sent.output()).isZero();

        for (String way : List.of("pop3", "pop3s")) {
            Ran fetched = run(
                    "curl",
                    "-s",
                    "--cacert",
                    authority.toString(),
                    "--ssl-reqd",
                    "--user",
                    "trader:trader-demo",
                    url(way, way) + "/1");
            assertThat(fetched.status()).as(fetched.output()).isZero();
            assertThat(fetched.output()).endsWith("+0000\r\n" + MESSAGE);
        }
    }

    @Test
    void curlIsToldWhyARecipientIsRefused() throws Exception {
        Path message = Files.writeString(directory.resolve("message"), MESSAGE);
        Ran sent = curlSend("smtps", "submissions", "someone@example.com", message);

        assertThat(sent.status()).isNotZero();
        assertThat(sent.output()).contains("550 5.7.1 the recipient is outside this network");
    }

    private Ran curlSend(String scheme, String protocol, String to, Path message) throws Exception {
        return run(
                "curl",
                "-sv",
                "--cacert",
                authority.toString(),
                "--ssl-reqd",
                "--user",
                "academic:academic-demo",
                "--mail-from",
                "academic@silibank.net.kp",
                "--mail-rcpt",
                to,
                "-T",
                message.toString(),
                url(scheme, protocol));
    }

    @Test
    void swaksLogsInBothWays() throws Exception {
        for (String mechanism : List.of("PLAIN", "LOGIN")) {
            Ran sent = run(
                    "swaks",
                    "--server",
                    server("submission"),
                    "-tls",
                    "-a",
                    mechanism,
                    "-au",
                    "academic",
                    "-ap",
                    "academic-demo",
                    "-f",
                    "academic@silibank.net.kp",
                    "-t",
                    "trader@silibank.net.kp",
                    "--pipeline");
            assertThat(sent.status()).as(sent.output()).isZero();
        }
        Ran refused = run(
                "swaks",
                "--server",
                server("submission"),
                "-tls",
                "-au",
                "academic",
                "-ap",
                "wrong",
                "-f",
                "academic@silibank.net.kp",
                "-t",
                "trader@silibank.net.kp");
        assertThat(refused.output()).contains("535 5.7.8");
    }

    @Test
    void opensslVerifiesTheCertificate() throws Exception {
        for (String way : List.of("smtp submission", "pop3 pop3")) {
            String[] words = way.split(" ", -1);
            Ran shown = run(
                    "openssl",
                    "s_client",
                    "-connect",
                    server(words[1]),
                    "-starttls",
                    words[0],
                    "-CAfile",
                    authority.toString(),
                    "-verify_return_error",
                    "-verify_ip",
                    "127.76.0.1",
                    "-brief");
            assertThat(shown.output()).contains("Verification: OK").containsPattern("TLSv1\\.[23]");
        }
    }

    @Test
    void fetchmailEmptiesAMailbox() throws Exception {
        Path message = Files.writeString(directory.resolve("message"), MESSAGE);
        curlSend("smtp", "submission", "trader@silibank.net.kp", message);
        curlSend("smtp", "submission", "trader@silibank.net.kp", message);
        Path settings = Files.writeString(
                directory.resolve("fetchmailrc"),
                "poll 127.76.0.1 protocol pop3 port " + bench.socket("pop3s").getPort()
                        + " username trader password trader-demo ssl sslcommonname mail.silibank.net.kp sslcertfile "
                        + authority
                        + " mda \"cat >>" + directory.resolve("fetched") + "\" nokeep\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));

        Ran fetched = run("env", "FETCHMAILHOME=" + directory, "fetchmail", "-f", settings.toString(), "--nosyslog");

        assertThat(fetched.status()).as(fetched.output()).isZero();
        assertThat(Files.readString(directory.resolve("fetched"))).contains("안녕, 광명", "\n.dot first");
        assertThat(run("env", "FETCHMAILHOME=" + directory, "fetchmail", "-f", settings.toString(), "-c")
                        .status())
                .isEqualTo(1); // fetchmail's word for: nothing there
    }

    private record Ran(int status, String output) {}

    private Ran run(String... command) throws Exception {
        String program = command[0].equals("env") ? command[2] : command[0];
        assumeThat(new ProcessBuilder("sh", "-c", "command -v " + program)
                        .start()
                        .waitFor())
                .as(program)
                .isZero();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private String server(String protocol) throws IOException {
        return "127.76.0.1:" + bench.socket(protocol).getPort();
    }

    private String url(String scheme, String protocol) throws IOException {
        return scheme + "://" + server(protocol);
    }
}
