package kwangmyong.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.console.command.ScriptedJournal;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.testkit.SeededFuzz;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleServiceTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** Host keys are made once. */
    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final SshClient client = SshClient.setUpDefaultClient();
    private final KeyPair key = key();
    private ScriptedConsole console = new ScriptedConsole(Path.of("."), List.of());

    @BeforeEach
    void start() throws Exception {
        start(4, Duration.ofSeconds(30));
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    private void start(int maxSessions, Duration logInWithin) throws StartException {
        console.service.stop();
        console = new ScriptedConsole(
                keys, List.of(PublicKeyEntry.toString(key.getPublic()) + " operator@desk"), maxSessions, logInWithin);
        console.service.start();
    }

    @AfterEach
    void stop() {
        client.stop();
        console.service.stop();
        console.service.stop();
    }

    @Test
    void runsACommandAfterAPasswordAndPassesItsStatusOn() throws Exception {
        try (ClientSession session = withPassword("operator-demo")) {
            assertThat(run(session, "status")).isEqualTo(0);
            assertThat(run(session, "logout 10.9.9.9")).isEqualTo(1);
            assertThat(run(session, "explain academic 'left open")).isEqualTo(2);
        }
        assertThat(console.journal.events())
                .extracting(event -> event.action() + " " + event.resource())
                .containsExactly(
                        "log-in operator",
                        "command status",
                        "command logout 10.9.9.9",
                        "command explain academic 'left open");
        assertThat(console.journal.events())
                .allSatisfy(event -> assertThat(event.detail()).startsWith("operator operator"));
    }

    @Test
    void takesAKeyOfTheConfigurationAndNoOther() throws Exception {
        try (ClientSession session = connect()) {
            session.addPublicKeyIdentity(key);
            session.auth().verify(WAIT);
            assertThat(run(session, "grant delegate world --for 2h --reason 'an evening'"))
                    .isZero();
        }
        assertThat(console.operations.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.reason()).isEqualTo("an evening");
            assertThat(grant.by()).isEqualTo("operator");
        });
        try (ClientSession session = connect()) {
            session.addPublicKeyIdentity(key());
            assertThatThrownBy(() -> session.auth().verify(WAIT)).isInstanceOf(SshException.class);
        }
        assertThat(console.journal.events()).extracting(Event::action).startsWith("log-in");
    }

    @Test
    void refusesAWrongPasswordAndJournalsIt() {
        assertThatThrownBy(() -> withPassword("wrong").close()).isInstanceOf(SshException.class);
        assertThat(console.journal.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.action()).isEqualTo("log-in-refused"));
    }

    @Test
    void theShellEditsCompletesAndLeaves() throws Exception {
        var out = new ByteArrayOutputStream();
        try (ClientSession session = withPassword("operator-demo");
                ChannelShell shell = session.createShellChannel();
                var typed = new PipedOutputStream()) {
            shell.setPtyType("xterm");
            shell.setPtyColumns(100);
            shell.setIn(new PipedInputStream(typed));
            shell.setOut(out);
            shell.open().verify(WAIT);
            await().atMost(WAIT).until(() -> text(out).contains("kwangmyong> "));
            type(typed, "expl\tacad\tdailynk.com\r");
            await().atMost(WAIT).until(() -> text(out).contains("no rule allows it"));
            type(typed, "events -f\r");
            await().atMost(WAIT).until(() -> text(out).contains("evil"));
            console.events.add(ScriptedJournal.entry(9, "deny", "fresh.kp A"));
            await().atMost(WAIT).until(() -> text(out).contains("fresh.kp"));
            type(typed, "\u0003");
            type(typed, "sessions\r");
            await().atMost(WAIT).until(() -> text(out).contains("10.76.20.11"));
            type(typed, "\u0004");
            shell.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
            assertThat(shell.getExitStatus()).isZero();
        }
    }

    @Test
    void aFollowerThatLeavesLeavesNothingBehind() throws Exception {
        try (ClientSession session = withPassword("operator-demo")) {
            ChannelExec exec = session.createExecChannel("events --follow");
            var out = new ByteArrayOutputStream();
            exec.setOut(out);
            exec.open().verify(WAIT);
            await().atMost(WAIT).until(() -> text(out).contains("evil"));
            exec.close(true);
        }
        await().atMost(WAIT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("kwm-console")));
    }

    @Test
    void offersNothingOverSha1AndUnpacksNothingBeforeALogIn() throws Exception {
        client.setMacFactories(List.of(BuiltinMacs.hmacsha1, BuiltinMacs.hmacsha1etm));
        client.setCipherFactories(List.of(BuiltinCiphers.aes128ctr));
        assertThatThrownBy(() -> withPassword("operator-demo")).hasMessageContaining("Unable to negotiate");
        client.setMacFactories(List.of(BuiltinMacs.hmacsha256));
        client.setCompressionFactories(List.of(BuiltinCompressions.zlib));
        assertThatThrownBy(() -> withPassword("operator-demo")).hasMessageContaining("Unable to negotiate");
        client.setCompressionFactories(List.of(BuiltinCompressions.delayedZlib));
        try (ClientSession session = withPassword("operator-demo")) {
            assertThat(run(session, "status")).isZero();
        }
    }

    @Test
    void forwardsNothingAndSaysWhoTried() throws Exception {
        try (ClientSession session = withPassword("operator-demo")) {
            assertThatThrownBy(() -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 22)))
                    .isInstanceOf(IOException.class);
            var channel = session.createDirectTcpipChannel(
                    new SshdSocketAddress("127.0.0.1", 1), new SshdSocketAddress("127.0.0.1", 22));
            assertThatThrownBy(() -> channel.open().verify(WAIT)).isInstanceOf(IOException.class);
        }
        assertThat(console.journal.events())
                .filteredOn(event -> event.action().equals("forward-refused"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.detail()).contains("operator operator"));
    }

    @Test
    void garbageOnThePortHarmsNobody() throws Exception {
        byte[] hello = "SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] keyExchange = new byte[64];
        keyExchange[3] = 60;
        keyExchange[4] = 4;
        keyExchange[5] = 20;
        byte[] both = (new String(hello, StandardCharsets.ISO_8859_1)
                        + new String(keyExchange, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        SeededFuzz.of(List.of(hello, both, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)), 60)
                .tryAll(input -> {
                    try (Socket socket = new Socket(
                            console.socket().getAddress(), console.socket().getPort())) {
                        socket.getOutputStream().write(input);
                        socket.getOutputStream().flush();
                    } catch (IOException hungUp) {
                        assertThat(hungUp).isNotNull(); // the console may hang up before it has all
                    }
                });
        await().atMost(WAIT).ignoreExceptions().untilAsserted(() -> {
            try (ClientSession session = withPassword("operator-demo")) {
                assertThat(run(session, "status")).isZero();
            }
        });
    }

    @Test
    void aConnectionThatNeverLogsInIsClosed() throws Exception {
        start(4, Duration.ofMillis(500));
        try (Socket socket =
                new Socket(console.socket().getAddress(), console.socket().getPort())) {
            socket.setSoTimeout((int) WAIT.toMillis());
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void connectionsPastTheLimitAreClosed() throws Exception {
        start(1, Duration.ofSeconds(30));
        try (Socket first =
                new Socket(console.socket().getAddress(), console.socket().getPort())) {
            assertThat(first.getInputStream().read()).isEqualTo('S');
            try (Socket second =
                    new Socket(console.socket().getAddress(), console.socket().getPort())) {
                second.setSoTimeout((int) WAIT.toMillis());
                assertThat(second.getInputStream().readAllBytes().length).isLessThan(100);
            }
        }
    }

    @Test
    void whoeverOnlyHoldsConnectionsOpenKeepsNobodyElseOut() throws Exception {
        start(8, Duration.ofSeconds(30));
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                held.add(from(elsewhere));
                assertThat(held.get(i).getInputStream().read()).isEqualTo('S');
            }
            held.add(from(elsewhere));
            assertThat(held.get(4).getInputStream().readAllBytes().length).isLessThan(100);
            try (ClientSession session = withPassword("operator-demo")) {
                assertThat(run(session, "status")).isZero();
            }
        } finally {
            for (Socket each : held) {
                each.close();
            }
        }
    }

    private Socket from(InetAddress address) throws IOException {
        var socket = new Socket(console.socket().getAddress(), console.socket().getPort(), address, 0);
        socket.setSoTimeout((int) WAIT.toMillis());
        return socket;
    }

    @Test
    void openSshRunsCommandsAndSeesTheirStatus() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/ssh"))).isTrue();
        Path askPass = folder.resolve("askpass");
        Files.writeString(askPass, "#!/bin/sh\necho operator-demo\n");
        assertThat(askPass.toFile().setExecutable(true)).isTrue();
        var command = new ProcessBuilder(
                        "/usr/bin/ssh",
                        "-p",
                        String.valueOf(console.socket().getPort()),
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=" + folder.resolve("known"),
                        "-o",
                        "PubkeyAuthentication=no",
                        "-o",
                        "LogLevel=ERROR",
                        "operator@127.76.0.1",
                        "verify",
                        "--json")
                .redirectErrorStream(true);
        command.environment().put("SSH_ASKPASS", askPass.toString());
        command.environment().put("SSH_ASKPASS_REQUIRE", "force");
        Process ssh = command.start();
        ssh.getOutputStream().close();
        String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ssh.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("\"whole\":false");
        assertThat(ssh.exitValue()).isEqualTo(1);
    }

    @Test
    void aTakenPortIsOneClearSentence() {
        var other = new ScriptedConsole(keys, List.of(), console.socket());
        assertThatThrownBy(other.service::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the console cannot listen on 127.76.0.1:"
                        + console.socket().getPort());
        assertThat(other.service.listeners()).isEmpty();
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        var other = new ScriptedConsole(keys, List.of("ssh-ed25519 nonsense"));
        assertThatThrownBy(other.service::start)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("operator operator");
    }

    private ClientSession connect() throws IOException {
        return client.connect("operator", console.socket()).verify(WAIT).getSession();
    }

    private ClientSession withPassword(String password) throws IOException {
        ClientSession session = connect();
        session.addPasswordIdentity(password);
        session.auth().verify(WAIT);
        return session;
    }

    private static int run(ClientSession session, String command) throws IOException {
        try (ChannelExec exec = session.createExecChannel(command)) {
            exec.setOut(new ByteArrayOutputStream());
            exec.setErr(new ByteArrayOutputStream());
            exec.open().verify(WAIT);
            exec.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
            Integer status = exec.getExitStatus();
            return status == null ? -1 : status;
        }
    }

    private static void type(PipedOutputStream typed, String text) throws IOException {
        typed.write(text.getBytes(StandardCharsets.UTF_8));
        typed.flush();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static KeyPair key() {
        try {
            return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
