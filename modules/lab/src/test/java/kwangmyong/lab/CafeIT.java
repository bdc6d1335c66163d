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
 * catalogue, and are cut off when the minutes are used up. Pictures are kept under target/pictures.
 */
final class CafeIT {
    private static final Path LAB = lab();

    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.of(LAB);

    /** Whose terminal of demonstrations is in the café. */
    private static final String AT_THE_CAFE = "resident";

    private static final String CURL = "curl -s -o /dev/null --max-time 20 -w '%{http_code} %{redirect_url}' ";

    @TempDir
    static Path folder;

    private final Path pictures = Path.of("target", "pictures");

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
    void devicesMeetThePortalLogInReadAndAreCutOffWhenTheMinutesEnd() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "no Chromium on this machine");
        Files.createDirectories(pictures);
        assertThat(networkManager()).isEqualTo("portal\n");
        systemsAreSentToThePortal();
        try (TerminalBrowser browser = TerminalBrowser.at(lab, AT_THE_CAFE, folder)) {
            Chromium page = browser.page();
            logsIn(page);
            readsACatalogue(page);
            isToldHowLongItLasts();
            assertThat(networkManager()).isEqualTo("full\n");
            Process open = connectionThatStaysOpen();

            assertThat(lab.kwm("clock", "--by", "31m").status()).isZero();

            assertThat(open.waitFor(20, TimeUnit.SECONDS))
                    .as("what was open is cut")
                    .isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> lab.shellAt(AT_THE_CAFE, "getent hosts namsan.aca.kp").status() == 2);
            assertThat(networkManager()).isEqualTo("portal\n");
            isToldWhatItCame(page);
            theSupervisorHasItInTheBook(page);
        }
    }

    private String networkManager() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/NetworkManager")), "no NetworkManager on this machine");
        try (InputStream script = Objects.requireNonNull(CafeIT.class.getResourceAsStream("/cafe/network-manager.sh"))) {
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

    private void logsIn(Chromium page) throws IOException {
        page.become(390, 844, false);
        // a browser that notices a new network while it starts gives the first page up
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            page.open("http://network-test.debian.org/nm");
            assertThat(page.url()).as(page.text()).isEqualTo("http://portal.kp/");
        });
        assertThat(page.text()).contains("Nobody is logged in here", "US$8.19 an hour");
        page.wholePicture(pictures.resolve("cafe-1-held.png"));
        page.press("main .button");
        page.fill("#name", "academic");
        page.fill("#password", "academic-demo");
        page.wholePicture(pictures.resolve("cafe-2-log-in.png"));
        page.press("main button");
        assertThat(page.text()).contains("Logged in as academic", "Left");
        page.wholePicture(pictures.resolve("cafe-3-logged-in.png"));
    }

    private void readsACatalogue(Chromium page) throws IOException {
        page.open("http://namsan.aca.kp/");
        assertThat(page.url()).isEqualTo("http://namsan.aca.kp/");
        page.become(1_280, 900, false);
        page.wholePicture(pictures.resolve("cafe-4-catalogue-desktop.png"));
        page.become(390, 844, false);
        page.wholePicture(pictures.resolve("cafe-4-catalogue-phone.png"));
        assertThat(page.text()).contains("Grand People's Study House");
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
                "enter", AT_THE_CAFE, "--", "bash", "-c",
                "exec 3<>/dev/tcp/10.76.0.1/3128; printf 'CONNECT namsan.aca.kp:443 HTTP/1.1\\r\\nHost: namsan.aca.kp:443\\r\\n\\r\\n' >&3;"
                        + " read -r line <&3; echo \"$line\"; cat <&3 >/dev/null");
        assertThat(open.inputReader().readLine()).contains("200");
        return open;
    }

    private void isToldWhatItCame(Chromium page) throws IOException {
        page.open("http://portal.kp/");
        assertThat(page.text()).contains("Nobody is logged in here", "The minutes are used up: 30 min, US$4.10.");
        page.wholePicture(pictures.resolve("cafe-5-used-up.png"));
        page.press("main .notice a");
        assertThat(page.text()).contains("minutes used up", "academic", "US$4.10");
        page.wholePicture(pictures.resolve("cafe-6-bill.png"));
    }

    private void theSupervisorHasItInTheBook(Chromium page) throws IOException {
        page.become(1_280, 900, false);
        page.open("http://portal.kp/room");
        page.fill("#name", "operator");
        page.fill("#password", "operator-demo");
        page.press("main button");
        assertThat(page.text()).contains("Nobody is logged in at a terminal of the room.");
        page.open("http://portal.kp/room/book");
        assertThat(page.text()).contains("academic", "30 min", "US$4.10", "minutes used up");
        page.wholePicture(pictures.resolve("cafe-7-book.png"));
    }
}
