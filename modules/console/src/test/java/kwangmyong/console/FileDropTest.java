package kwangmyong.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kwangmyong.access.api.Scope;
import kwangmyong.testkit.SeededFuzz;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CopyMode;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDropTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final SshClient client = SshClient.setUpDefaultClient();
    private ScriptedConsole console = new ScriptedConsole(Path.of("."), List.of());

    @BeforeEach
    void start() throws Exception {
        console = new ScriptedConsole(folder, List.of());
        console.service.start();
        Files.writeString(drop("journal/journal.jsonl"), "{\"seq\":1}\n");
        Files.createDirectory(drop("keys"));
        Files.writeString(drop("keys/secret"), "a secret");
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop();
        console.service.stop();
    }

    private Path drop(String path) {
        return folder.resolve("drop").resolve(path);
    }

    private ClientSession session() throws IOException {
        ClientSession session =
                client.connect("operator", console.socket()).verify(WAIT).getSession();
        session.addPasswordIdentity("operator-demo");
        session.auth().verify(WAIT);
        return session;
    }

    /** What one does with files. */
    private interface Use {
        void with(SftpClient files) throws Exception;
    }

    private void use(Use use) throws Exception {
        try (ClientSession session = session();
                SftpClient files = SftpClientFactory.instance().createSftpClient(session)) {
            use.with(files);
        }
    }

    private static void put(SftpClient files, String path, byte[] octets) throws IOException {
        try (OutputStream out = files.write(path)) {
            out.write(octets);
        }
    }

    private static List<String> names(SftpClient files, String folder) throws IOException {
        return StreamSupport.stream(files.readDir(folder).spliterator(), false)
                .map(SftpClient.DirEntry::getFilename)
                .filter(name -> !name.equals(".") && !name.equals(".."))
                .sorted()
                .toList();
    }

    @Test
    void showsItsSharesAndNothingElseAndTellsTheJournal() throws Exception {
        use(files -> {
            assertThat(names(files, "/")).containsExactly("content", "journal");
            try (InputStream line = files.read("/journal/journal.jsonl")) {
                assertThat(new String(line.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"seq\":1}\n");
            }
            files.mkdir("/content/news");
            put(files, "/content/news/one.html", "새 소식".getBytes(StandardCharsets.UTF_8));
            files.rename("/content/news/one.html", "/content/two.html");
            assertThat(names(files, "/content")).containsExactly("news", "two.html");
            files.remove("/content/two.html");
            files.rmdir("/content/news");
        });
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(console.journal.events())
                        .extracting(event -> event.action() + " " + event.resource())
                        .contains(
                                "file-read /journal/journal.jsonl",
                                "folder-made /content/news",
                                "file-written /content/news/one.html",
                                "file-moved /content/news/one.html",
                                "file-removed /content/two.html",
                                "file-removed /content/news"));
        assertThat(console.journal.events())
                .filteredOn(event -> event.action().equals("file-written"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).matches("operator operator from [0-9.]+, 10 octets"));
    }

    @Test
    void noPathLeadsOutOfIt() throws Exception {
        Files.createSymbolicLink(drop("content/link"), drop("keys"));
        Files.createSymbolicLink(drop("content/file"), drop("keys/secret"));
        List<String> ways = List.of(
                "/keys/secret",
                "keys/secret",
                "../keys/secret",
                "/content/../keys/secret",
                "/content/../../../../../../../../etc/passwd",
                "/content/./../keys/./secret",
                "//keys//secret",
                "/content/link/secret",
                "/content/file",
                "/etc/passwd",
                "/../drop/keys/secret",
                folder.resolve("drop/keys/secret").toString());
        use(files -> {
            for (String way : ways) {
                assertThatThrownBy(() -> files.read(way).readAllBytes()).as(way).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> files.stat(way)).as(way).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> files.lstat(way)).as(way).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> put(files, way, new byte[] {1}))
                        .as(way)
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> files.rename("/content/a", way))
                        .as(way)
                        .isInstanceOf(IOException.class);
            }
            assertThat(names(files, "/content")).isEmpty();
            assertThatThrownBy(() -> files.symLink("/content/new", "/keys")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.link("/content/new", "/journal/journal.jsonl", false))
                    .isInstanceOf(Exception.class);
            assertThatThrownBy(() -> files.readLink("/content/link")).isInstanceOf(IOException.class);
            assertThat(files.canonicalPath("/content/../..")).isEqualTo("/");
        });
        assertThat(Files.readString(drop("keys/secret"))).isEqualTo("a secret");
        try (Stream<Path> all = Files.walk(folder.resolve("drop"))) {
            assertThat(all.map(path -> folder.resolve("drop").relativize(path).toString()))
                    .containsExactlyInAnyOrder(
                            "",
                            "journal",
                            "journal/journal.jsonl",
                            "content",
                            "content/link",
                            "content/file",
                            "keys",
                            "keys/secret");
        }
        assertThat(console.journal.events()).anyMatch(event -> event.action().equals("file-refused"));
    }

    @Test
    void whatIsOnlyReadIsNotChanged() throws Exception {
        String line = "/journal/journal.jsonl";
        use(files -> {
            put(files, "/content/a", new byte[] {1});
            assertThatThrownBy(() -> put(files, line, new byte[] {1})).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> put(files, "/journal/new", new byte[] {1})).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.open(line, OpenMode.Read, OpenMode.Write))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.remove(line)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.rename(line, "/content/b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.rename("/content/a", line, CopyMode.Overwrite))
                    .isInstanceOf(Exception.class);
            assertThatThrownBy(() -> files.setStat(line, new SftpClient.Attributes().size(0)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.mkdir("/other")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.rmdir("/content")).isInstanceOf(IOException.class);
        });
        assertThat(Files.readString(drop("journal/journal.jsonl"))).isEqualTo("{\"seq\":1}\n");
    }

    @Test
    void takesNoMoreThanItsQuota() throws Exception {
        use(files -> {
            assertThatThrownBy(() -> put(files, "/content/large", new byte[100_001]))
                    .isInstanceOf(IOException.class);
            files.remove("/content/large");
            put(files, "/content/one", new byte[90_000]);
            assertThatThrownBy(() -> put(files, "/content/two", new byte[70_000]))
                    .isInstanceOf(IOException.class);
            files.remove("/content/two");
            put(files, "/content/two", new byte[60_000]);
            assertThatThrownBy(() -> put(files, "/content/three", new byte[1])).isInstanceOf(IOException.class);
            files.remove("/content/one");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            files.mkdir("/content/folder" + i);
                        }
                    })
                    .isInstanceOf(IOException.class);
        });
        long octets = 0;
        try (Stream<Path> all = Files.walk(drop("content"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                octets += Files.size(file);
            }
        }
        assertThat(octets).isLessThanOrEqualTo(150_000);
    }

    @Test
    void isNotForAnOperatorWithoutTheScope() throws Exception {
        console.scopes = EnumSet.of(Scope.READ);
        assertThatThrownBy(() -> use(files -> files.stat("/"))).isInstanceOf(Exception.class);
        assertThat(console.journal.events())
                .anyMatch(event -> event.action().equals("file-refused")
                        && String.valueOf(event.detail()).contains("need the scope files"));
    }

    @Test
    @Tag("fuzz")
    void noDamagedPathLeadsOutOfIt() throws Exception {
        use(files -> SeededFuzz.ofTexts(
                        300, "/content/../keys/secret", "/journal/journal.jsonl", "//..//keys/./secret", "content/a\\b")
                .tryAll(StandardCharsets.UTF_8, path -> {
                    if (path.length() > 2_000 || path.isBlank()) { // which the client itself refuses
                        return;
                    }
                    try (InputStream in = files.read(path)) {
                        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                                .doesNotContain("secret");
                    } catch (IOException refused) {
                        assertThat(refused).isNotNull();
                    }
                }));
    }

    @Test
    void openSshCopiesThereAndBackAndNotElsewhere() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/sftp"))).isTrue();
        Path local = Files.writeString(folder.resolve("local.html"), "<p>hello</p>\n");
        Path back = folder.resolve("back.html");
        assertThat(scp(local.toString(), "operator@127.76.0.1:/content/page.html"))
                .isZero();
        assertThat(Files.readString(drop("content/page.html"))).isEqualTo("<p>hello</p>\n");
        assertThat(scp("operator@127.76.0.1:/content/page.html", back.toString()))
                .isZero();
        assertThat(Files.readString(back)).isEqualTo("<p>hello</p>\n");
        assertThat(scp(local.toString(), "operator@127.76.0.1:/keys/page.html")).isNotZero();
        assertThat(scp(local.toString(), "operator@127.76.0.1:/content/../keys/page.html"))
                .isNotZero();
        assertThat(scp("operator@127.76.0.1:../../../../etc/passwd", back.toString()))
                .isNotZero();
        assertThat(drop("keys/page.html")).doesNotExist();
    }

    private int scp(String from, String to) throws Exception {
        Path askPass = folder.resolve("askpass");
        Files.writeString(askPass, "#!/bin/sh\necho operator-demo\n");
        assertThat(askPass.toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/scp", "-p", "-P", String.valueOf(console.socket().getPort())));
        for (String option : List.of(
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=" + folder.resolve("known"),
                "PubkeyAuthentication=no",
                "LogLevel=ERROR")) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of(from, to));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SSH_ASKPASS", askPass.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        Process scp = builder.start();
        scp.getOutputStream().close();
        String said = new String(scp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(scp.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
        return scp.exitValue();
    }
}
