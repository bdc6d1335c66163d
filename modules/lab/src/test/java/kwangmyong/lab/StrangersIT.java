package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Programs that know nothing of the lab but a proxy: what is allowed works as anywhere, what is not shows the block page. */
final class StrangersIT {
    private static final String LAB = "src/test/resources/labs/clients";
    private static final String SITE = "127.0.113.80";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE = 3_000_000;

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension(LAB);

    @TempDir
    static Path folder;

    private static MirrorSite site;
    private static Path served;
    private static Path authority;

    @BeforeAll
    static void openTheSite() throws Exception {
        served = Files.createDirectories(folder.resolve("served"));
        Files.writeString(served.resolve("hello.html"), "<!doctype html><title>h</title><p id=p>안녕, stranger</p>");
        byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        Files.write(served.resolve("large.bin"), large);
        site = new MirrorSite(served, garden.state(), SITE, port(80), port(443), "mirror.kp", "*.mirror.kp");
        assertThat(garden.kwm("ca", "--lab", LAB, folder.toString()).status()).isZero();
        authority = folder.resolve("garden.crt");
    }

    @AfterAll
    static void closeTheSite() {
        site.close();
    }

    private static int port(int real) {
        return Integer.parseInt(garden.port(real));
    }

    private static String proxy() {
        return "http://127.76.0.1:" + garden.port(3128);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Outcome outcome = garden.run(command);
        assertThat(outcome.status())
                .as(String.join(" ", command) + "\n" + outcome.output())
                .isZero();
        return outcome.output();
    }

    private static String curl(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "-i", "--cacert", authority.toString()));
        command.addAll(Arrays.asList(more));
        return run(command.toArray(String[]::new));
    }

    @Test
    void curlFetchesInEveryVersionAndByTunnel() throws Exception {
        assertThat(curl("-x", proxy(), "http://mirror.kp/hello.html"))
                .startsWith("HTTP/1.1 200 ")
                .contains("안녕", "Via: 1.1 kwangmyong");
        String gateway = "mirror.kp:80:127.76.0.1:" + garden.port(3128);
        assertThat(curl("--http2-prior-knowledge", "--connect-to", gateway, "http://mirror.kp/hello.html"))
                .startsWith("HTTP/2 200")
                .contains("안녕");
        assertThat(curl("-x", proxy(), "--http2", "https://mirror.kp/hello.html"))
                .startsWith("HTTP/1.1 200 Connection established")
                .contains("\r\nHTTP/2 200", "안녕");
        String secret = "https://127.76.0.1:" + garden.port(3129);
        assertThat(curl("-x", secret, "--proxy-cacert", authority.toString(), "https://mirror.kp/hello.html"))
                .contains("안녕");
        assertThat(curl("-x", proxy(), "http://shop.kp/")).startsWith("HTTP/1.1 451 ");
        assertThat(garden.run("curl", "-s", "-x", proxy(), "https://shop.kp/").status())
                .as("CONNECT is denied")
                .isEqualTo(56);
    }

    @Test
    void curlUpgradesToWebSocket() throws Exception {
        Outcome frames = garden.run(
                "curl",
                "-s",
                "-i",
                "-N",
                "--max-time",
                "3",
                "-x",
                proxy(),
                "-H",
                "Connection: Upgrade",
                "-H",
                "Upgrade: websocket",
                "-H",
                "Sec-WebSocket-Version: 13",
                "-H",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "http://mirror.kp/echo");
        assertThat(frames.output())
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("sec-websocket-accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=");
    }

    @Test
    void wgetResumesWhatItHasBegun() throws Exception {
        byte[] whole = Files.readAllBytes(served.resolve("large.bin"));
        for (String scheme : List.of("http", "https")) {
            Path begun =
                    Files.createDirectories(folder.resolve("wget-" + scheme)).resolve("large.bin");
            Files.write(begun, Arrays.copyOf(whole, LARGE / 3));
            run(
                    "env",
                    "http_proxy=" + proxy(),
                    "https_proxy=" + proxy(),
                    "wget",
                    "-c",
                    "--ca-certificate=" + authority,
                    "-O",
                    begun.toString(),
                    scheme + "://mirror.kp/large.bin");
            assertThat(Files.readAllBytes(begun)).isEqualTo(whole);
        }
        assertThat(site.asked())
                .filteredOn(each -> each.equals("GET /large.bin bytes=" + LARGE / 3 + "-"))
                .hasSize(2);
    }

    @Test
    void gitClonesAndPullsOverTlsAndInTheClear() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        Path bare = served.resolve("git/lesson.git");
        git(work, "init", "-q", "-b", "main");
        Files.writeString(work.resolve("lesson.txt"), "first\n");
        commit(work, "first");
        git(folder, "clone", "-q", "--bare", work.toString(), bare.toString());
        for (String scheme : List.of("https", "http")) {
            Path clone = folder.resolve("clone-" + scheme);
            git(folder, "clone", "-q", scheme + "://mirror.kp/git/lesson.git", clone.toString());
            assertThat(clone.resolve("lesson.txt")).hasContent("first\n");
        }
        Files.writeString(work.resolve("lesson.txt"), "second\n");
        commit(work, "second");
        git(work, "push", "-q", bare.toString(), "main");
        git(folder.resolve("clone-https"), "pull", "-q");
        assertThat(folder.resolve("clone-https/lesson.txt")).hasContent("second\n");
        assertThat(site.askedOf("/git/lesson.git")).contains("POST /git/lesson.git/git-upload-pack");
        assertThat(garden.run("git", "-c", "http.proxy=" + proxy(), "ls-remote", "https://shop.kp/git/lesson.git")
                        .output())
                .contains("response 451");
    }

    private static void git(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "GIT_CONFIG_GLOBAL=/dev/null",
                "GIT_CONFIG_NOSYSTEM=1",
                "GIT_SSL_CAINFO=" + authority,
                "git",
                "-C",
                where.toString(),
                "-c",
                "http.proxy=" + proxy(),
                "-c",
                "user.name=ann",
                "-c",
                "user.email=ann@desk.kp"));
        command.addAll(Arrays.asList(arguments));
        run(command.toArray(String[]::new));
    }

    private static void commit(Path work, String message) throws IOException, InterruptedException {
        git(work, "add", ".");
        git(work, "commit", "-q", "-m", message);
    }

    @Test
    void aptUpdatesAndDownloads() throws Exception {
        Path packaged = folder.resolve("package");
        String control = """
                Package: lesson
                Version: 1.0
                Architecture: all
                Maintainer: ann <ann@desk.kp>
                Description: nothing but its name
                """;
        Files.createDirectories(packaged.resolve("DEBIAN"));
        Files.writeString(packaged.resolve("DEBIAN/control"), control);
        Path repository = Files.createDirectories(served.resolve("apt"));
        Path archive = repository.resolve("lesson_1.0_all.deb");
        run("dpkg-deb", "--build", packaged.toString(), archive.toString());
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
        Files.writeString(
                repository.resolve("Packages"),
                control + "Filename: ./lesson_1.0_all.deb\nSize: " + Files.size(archive) + "\nSHA256: " + sum + "\n\n");
        Path root = aptRoot();

        assertThat(apt(root, "update")).contains("http://mirror.kp/apt");
        apt(root, "download", "lesson");
        assertThat(root.resolve("lesson_1.0_all.deb")).hasSameBinaryContentAs(archive);
        Files.writeString(root.resolve("sources.list"), "deb [trusted=yes] http://shop.kp/apt ./\n");
        assertThat(garden.run(aptCommand(root, "update")).output()).contains("451  Unavailable For Legal Reasons");
    }

    private static Path aptRoot() throws IOException {
        Path root = Files.createDirectories(folder.resolve("apt"));
        for (String each : List.of("lists/partial", "archives/partial", "log", "parts", "preferences", "trusted")) {
            Files.createDirectories(root.resolve(each));
        }
        Files.writeString(root.resolve("status"), "");
        Files.writeString(root.resolve("sources.list"), "deb [trusted=yes] http://mirror.kp/apt ./\n");
        Files.writeString(root.resolve("apt.conf"), """
                Dir::State "%1$s"; Dir::State::status "%1$s/status"; Dir::State::lists "%1$s/lists";
                Dir::Cache "%1$s"; Dir::Cache::archives "%1$s/archives"; Dir::Log "%1$s/log";
                Dir::Etc::sourcelist "%1$s/sources.list"; Dir::Etc::sourceparts "%1$s/parts"; Dir::Etc::parts "%1$s/parts";
                Dir::Etc::main "none"; Dir::Etc::preferencesparts "%1$s/preferences"; Dir::Etc::trustedparts "%1$s/trusted";
                APT::Sandbox::User ""; Acquire::http::Proxy "%2$s"; Acquire::Languages "none"; Acquire::Retries "0";
                """.formatted(root, proxy()));
        return root;
    }

    private static String apt(Path root, String... arguments) throws IOException, InterruptedException {
        return run(aptCommand(root, arguments));
    }

    private static String[] aptCommand(Path root, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("env", "-C", root.toString(), "APT_CONFIG=" + root.resolve("apt.conf"), "apt-get"));
        command.addAll(Arrays.asList(arguments));
        return command.toArray(String[]::new);
    }

    @Test
    void explainSaysWhatTheGatewayAddsToTheRules() throws Exception {
        assertThat(garden.kwm("explain", "--lab", LAB, "ann", "http://mirror.kp:8080/")
                        .output())
                .contains("the gateway does not reach this port");
        assertThat(garden.kwm("explain", "--lab", LAB, "ann", "http://mirror.kp/")
                        .output())
                .contains("a rule allows it")
                .doesNotContain("deny");
    }

    @Test
    void chromiumFollowsTheScript() throws Exception {
        browse("--proxy-pac-url=" + proxy() + "/proxy.pac", page -> {
            page.open("http://mirror.kp/hello.html");
            assertThat(page.text()).contains("안녕");
            page.open("https://mirror.kp/hello.html");
            assertThat(page.text()).contains("안녕");
            page.evaluate("(function () { window.heard = ''; const s = new WebSocket('wss://mirror.kp/echo');"
                    + " s.onopen = () => s.send('하나'); s.onmessage = m => window.heard = m.data; })()");
            await().atMost(PATIENCE).until(() -> page.evaluate("window.heard").equals("echo: 하나"));
            page.open("http://shop.kp/");
            assertThat(page.text()).contains("no-shop");
            page.open("https://shop.kp/");
            assertThat(page.text()).contains("ERR_TUNNEL_CONNECTION_FAILED");
        });
    }

    @Test
    void chromiumFindsTheScriptByItself() throws Exception {
        assertThat(run(
                        "curl",
                        "-s",
                        "-i",
                        "--connect-to",
                        "wpad:80:127.76.0.1:" + garden.port(80),
                        "http://wpad/wpad.dat"))
                .containsIgnoringCase("content-type: application/x-ns-proxy-autoconfig")
                .contains("PROXY 127.76.0.1:" + garden.port(3128));
        // In place of the machine's resolver, which a test may not touch, the browser is told where wpad leads.
        browse("--proxy-auto-detect --host-resolver-rules=MAP wpad 127.76.0.1:" + garden.port(80), page -> {
            page.open("http://mirror.kp/hello.html");
            assertThat(page.text()).contains("안녕");
        });
    }

    /** A browser of its own whose person trusts the lab's authority. */
    private static void browse(String how, FreshBrowser.Visit visit) throws Exception {
        FreshBrowser.visit(folder, List.of(authority), List.of(how.split(" (?=--)")), visit);
    }
}
