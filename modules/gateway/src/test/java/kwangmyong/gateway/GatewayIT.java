package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as curl meets it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class GatewayIT {
    private static final int LENGTH = 3_000_000;
    private static final byte[] FILE = new byte[LENGTH];

    @TempDir
    private Path folder;

    private GatewayFixture gateway;
    private Origin origin;
    private String site;

    private static Decision rules(Access access) {
        boolean leader = "leader".equals(access.who().subject());
        return leader || access.resource().name().equals("namsan.aca.kp")
                ? ScriptedPolicy.allow("reading")
                : ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
    }

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        gateway = new GatewayFixture(GatewayIT::rules);
        origin = new Origin(GatewayFixture.SITE, GatewayIT::serve);
        site = gateway.name("namsan.aca.kp", origin);
        gateway.name("dailynk.com", origin);
        gateway.start();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    /** A file with ranges for GET, an echo of the length for everything with a body. */
    private static void serve(Origin.Visit visit) throws IOException {
        String head;
        while ((head = visit.head()) != null) {
            String lower = head.toLowerCase(Locale.ROOT);
            int range = lower.indexOf("range: bytes=");
            if (lower.contains("expect: 100-continue")) {
                visit.say("HTTP/1.1 100 Continue\r\n\r\n");
            }
            if (range >= 0) {
                int from = Integer.parseInt(lower.substring(range + 13, lower.indexOf('-', range + 13)));
                visit.say("HTTP/1.1 206 Partial Content\r\nContent-Length: " + (LENGTH - from)
                        + "\r\nContent-Range: bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH + "\r\n\r\n");
                visit.out.write(FILE, from, LENGTH - from);
            } else if (head.startsWith("GET")) {
                visit.say("HTTP/1.1 200 OK\r\nAccept-Ranges: bytes\r\nContent-Length: " + LENGTH + "\r\n\r\n");
                visit.out.write(FILE);
            } else {
                String length = Long.toString(body(visit.in, lower));
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + length.length() + "\r\n\r\n" + length);
            }
            visit.out.flush();
        }
    }

    private static long body(InputStream in, String head) throws IOException {
        int at = head.indexOf("content-length: ");
        if (at >= 0) {
            return in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)))).length;
        }
        long total = 0;
        while (true) {
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                line.append((char) in.read());
            }
            int size = Integer.parseInt(line.substring(0, line.length() - 2), 16);
            total += in.readNBytes(size).length;
            in.readNBytes(2);
            if (size == 0) {
                return total;
            }
        }
    }

    private String curl(String... arguments) throws Exception {
        InetSocketAddress proxy = gateway.address();
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/curl",
                "-sS",
                "--max-time",
                "20",
                "--interface",
                GatewayFixture.TERMINAL,
                "-x",
                "http://" + proxy.getAddress().getHostAddress() + ":" + proxy.getPort()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void fetchesAndResumes() throws Exception {
        Path file = folder.resolve("file");
        assertThat(curl("-o", file.toString(), "-w", "%{http_code} %{size_download}", "http://" + site + "/file"))
                .isEqualTo("200 " + LENGTH);
        Files.write(file, new byte[1_000_000]);
        assertThat(curl(
                        "-C",
                        "-",
                        "-o",
                        file.toString(),
                        "-w",
                        "%{http_code} %{size_download}",
                        "http://" + site + "/file"))
                .isEqualTo("206 2000000");
        assertThat(Files.size(file)).isEqualTo(LENGTH);
    }

    @Test
    void uploadsWithALengthInChunksAndThroughATunnel() throws Exception {
        Path file = Files.write(folder.resolve("file"), FILE);
        assertThat(curl("-T", file.toString(), "http://" + site + "/")).isEqualTo(Integer.toString(LENGTH));
        assertThat(curl("-T", file.toString(), "-H", "Transfer-Encoding: chunked", "http://" + site + "/"))
                .isEqualTo(Integer.toString(LENGTH));
        assertThat(curl("-p", "-T", file.toString(), "http://" + site + "/")).isEqualTo(Integer.toString(LENGTH));
    }

    @Test
    void showsTheBlockPage() throws Exception {
        String denied = site.replace("namsan.aca.kp", "dailynk.com");
        assertThat(curl("-i", "http://" + denied + "/"))
                .startsWith("HTTP/1.1 451 Unavailable For Legal Reasons")
                .contains("rel=\"blocked-by\"", "이 망에서는 열람할 수 없습니다");
        assertThat(curl("-p", "http://" + denied + "/")).contains("CONNECT tunnel failed, response 451");
        assertThat(curl("-d", "a=b", "-o", "/dev/null", "-w", "%{http_code}", "http://" + denied + "/"))
                .isEqualTo("451");
        assertThat(curl(
                        "--proxy-user",
                        "leader:leader-demo",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "http://" + denied + "/"))
                .isEqualTo("200");
        assertThat(curl("--proxy-user", "leader:no", "-o", "/dev/null", "-w", "%{http_code}", "http://" + denied + "/"))
                .isEqualTo("407");
    }

    @Test
    void understandsKoreanInAUrlAsPeopleTypeIt() throws Exception {
        assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", "http://" + site + "/search?q=조선"))
                .isEqualTo("200");
        assertThat(origin.heads().get(0)).startsWith("GET /search?q=%EC%A1%B0%EC%84%A0 HTTP/1.1\r\n");
    }

    @Test
    void refusesAnOverlongHeaderSection() throws Exception {
        assertThat(curl(
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-H",
                        "X: " + "a".repeat(70_000),
                        "http://" + site + "/"))
                .isEqualTo("431");
    }
}
