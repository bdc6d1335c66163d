package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.testkit.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real devices at a café terminal in a network of its own: Debian's NetworkManager, Chromium and curl find out that they are held, log in, read a
 * catalogue, and are cut off when the minutes are used up.
 */
final class CafeIT {
    private static final Path LAB = lab();

    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.of(LAB);

    /** Whose terminal of demonstrations is in the café. */
    private static final String AT_THE_CAFE = "resident";

    private static final String CURL = "curl -s -o /dev/null --max-time 20 -w '%{http_code} %{redirect_url}' ";

    /** The default lab, where half an hour is the longest that anybody may sit in the café. */
    private static Path lab() {
        try {
            Path folder = Files.createTempDirectory("kwm-cafe");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path usual = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(folder.resolve("lab.yaml"), "extends: " + usual + """

                    lab: {name: cafe}
                    attachments:
                      cafe: {minutes: 30}
                    """);
            return folder;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    @Test
    void devicesMeetThePortalLogInReadAndAreCutOffWhenTheMinutesEnd(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "no Chromium on this machine");
        assertThat(networkManager()).isEqualTo("portal\n");
        systemsAreSentToThePortal();
        try (TerminalBrowser browser = TerminalBrowser.at(lab, AT_THE_CAFE, folder)) {
            logsIn(browser.page());
            readsACatalogue(browser.page());
            isCutOffWhenTheMinutesEnd(browser.page());
        }
    }

    private void isCutOffWhenTheMinutesEnd(Chromium page) throws Exception {
        isToldHowLongItLasts();
        assertThat(networkManager()).isEqualTo("full\n");
        Process open = connectionThatStaysOpen();

        assertThat(lab.kwm("clock", "--by", "31m").status()).isZero();

        assertThat(open.waitFor(20, TimeUnit.SECONDS))
                .as("what was open is cut")
                .isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        lab.shellAt(AT_THE_CAFE, "getent hosts namsan.aca.kp").status() == 2);
        assertThat(networkManager()).isEqualTo("portal\n");
        page.open("http://portal.kp/");
        assertThat(page.text()).contains("Nobody is logged in here", "The minutes are used up: 30 min, US$4.10.");
        picture(page, "cafe-5-used-up");
    }

    /** As a person does it whose browser opened what the system showed. */
    private void logsIn(Chromium page) throws IOException {
        // A browser that notices a new network while it starts gives its first page up.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            page.open("http://network-test.debian.org/nm");
            assertThat(page.url()).as(page.text()).isEqualTo("http://portal.kp/");
        });
        assertThat(page.text()).contains("Nobody is logged in here", "US$8.19 an hour");
        picture(page, "cafe-1-held");
        page.press("main .button");
        page.fill("#name", "academic");
        page.fill("#password", "academic-demo");
        picture(page, "cafe-2-log-in");
        page.press("main button");
        assertThat(page.url()).as(page.text()).isEqualTo("http://portal.kp/?news=logged-in");
        assertThat(page.text()).contains("Logged in as academic", "Left");
        picture(page, "cafe-3-logged-in");
    }

    private void readsACatalogue(Chromium page) throws IOException {
        page.open("http://namsan.aca.kp/");
        assertThat(page.url()).isEqualTo("http://namsan.aca.kp/");
        assertThat(page.text()).contains("Grand People's Study House");
        picture(page, "cafe-4-catalogue");
    }

    /** Two of it, under target/pictures: at a phone's width and at a desktop's. */
    private static void picture(Chromium page, String name) throws IOException {
        Path pictures = Files.createDirectories(Path.of("target", "pictures"));
        page.become(390, 844, false);
        page.wholePicture(pictures.resolve(name + "-phone.png"));
        page.become(1_280, 900, false);
        page.wholePicture(pictures.resolve(name + "-desktop.png"));
    }

    private String networkManager() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/NetworkManager")), "no NetworkManager on this machine");
        try (InputStream script =
                Objects.requireNonNull(CafeIT.class.getResourceAsStream("/cafe/network-manager.sh"))) {
            return lab.shellAt(AT_THE_CAFE, new String(script.readAllBytes(), StandardCharsets.UTF_8))
                    .output();
        }
    }

    /** As each asks, by name and path and nothing else. */
    private void systemsAreSentToThePortal() throws Exception {
        for (String check : List.of(
                "http://connectivitycheck.gstatic.com/generate_204",
                "http://captive.apple.com/hotspot-detect.html",
                "http://www.msftconnecttest.com/connecttest.txt",
                "http://detectportal.firefox.com/success.txt?ipv4",
                "http://network-test.debian.org/nm",
                "http://nmcheck.gnome.org/check_network_status.txt",
                "http://connectivity-check.ubuntu.com./")) {
            assertThat(lab.shellAt(AT_THE_CAFE, CURL + "'" + check + "'"))
                    .as(check)
                    .isEqualTo(new Outcome(0, "302 http://portal.kp/"));
        }
        assertThat(lab.shellAt(AT_THE_CAFE, "curl -s https://portal.kp/captive").output())
                .contains("\"captive\":true", "\"user-portal-url\":\"https://portal.kp/\"");
    }

    private void isToldHowLongItLasts() throws Exception {
        Outcome asked = lab.shellAt(AT_THE_CAFE, "curl -s -D - https://portal.kp/captive");
        assertThat(asked.output())
                .containsIgnoringCase("content-type: application/captive+json")
                .contains("\"captive\":false", "\"venue-info-url\":\"https://portal.kp/about\"")
                .containsPattern("\"seconds-remaining\":1[78]\\d\\d");
        for (Map.Entry<String, String> check : Map.of(
                        "http://connectivitycheck.gstatic.com/generate_204", "204 ",
                        "http://connectivity-check.ubuntu.com./", "204 ",
                        "http://captive.apple.com/hotspot-detect.html", "200 ")
                .entrySet()) {
            assertThat(lab.shellAt(AT_THE_CAFE, CURL + check.getKey()).output()).isEqualTo(check.getValue());
        }
    }

    /** A tunnel that says nothing, through a gateway that knows nothing of it: it stays until the gateway cuts it. */
    private Process connectionThatStaysOpen() throws Exception {
        Process open = lab.start(
                "enter",
                AT_THE_CAFE,
                "--",
                "bash",
                "-c",
                "exec 3<>/dev/tcp/10.76.0.1/3128; printf 'CONNECT namsan.aca.kp:443 HTTP/1.1\\r\\nHost: namsan.aca.kp:443\\r\\n\\r\\n' >&3;"
                        + " read -r line <&3; echo \"$line\"; cat <&3 >/dev/null");
        assertThat(open.inputReader().readLine()).contains("200");
        return open;
    }
}
