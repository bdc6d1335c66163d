package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole garden, seen by dig, curl, swaks and ssh. */
final class GardenIT {
    private static final String ACADEMIC = "127.76.20.11";
    private static final String TRADER = "127.76.30.11";
    private static final String LEADER = "127.76.50.11";
    private static final String CAFE = "127.76.10.21";
    private static final String HOTEL = "127.76.60.21";

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension();

    @Test
    void keepsEveryPromiseOfTheTour() throws Exception {
        Outcome tour = garden.kwm("tour");
        assertThat(tour.status()).as(tour.output()).isZero();
    }

    @Test
    void saysWhereNothingRuns(@TempDir Path state) throws Exception {
        Outcome tour = GardenExtension.run(state, GardenExtension.command("tour"));
        assertThat(tour.status()).isEqualTo(3);
        assertThat(tour.output()).startsWith("kwm: the lab 'kwangmyong' is not running; start it with: kwm up");
    }

    @Test
    void answersTheAcademicWithTheRealAddressAndNobodyElseAtTheCafe() throws Exception {
        assertThat(dig(ACADEMIC, "namsan.aca.kp").output()).contains("NOERROR").contains("10.76.1.10");
        assertThat(dig(CAFE, "namsan.aca.kp").output()).contains("NXDOMAIN").doesNotContain("10.76.1.10");
        assertThat(dig("127.0.0.1", "namsan.aca.kp").output()).contains("NXDOMAIN");
        assertThat(dig(ACADEMIC, "namsan.aca.kp", "+tcp").output()).contains("10.76.1.10");
    }

    @Test
    void answersForTheWorldToTheDelegateOnlyWhileGranted() throws Exception {
        assertThat(garden.kwm("login", "delegate", "10.76.60.21").status()).isZero();
        assertThat(dig(HOTEL, "dailynk.com").output()).contains("NXDOMAIN");
        Outcome grant = garden.kwm("grant", "delegate", "world", "--for", "5m", "--reason", "a concert", "--json");
        assertThat(grant.status()).as(grant.output()).isZero();
        assertThat(dig(HOTEL, "dailynk.com").output()).contains("NOERROR");
        String id = grant.output().replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        assertThat(garden.kwm("revoke", id).status()).isZero();
        assertThat(dig(HOTEL, "dailynk.com").output()).contains("NXDOMAIN");
        assertThat(garden.kwm("logout", "10.76.60.21").status()).isZero();
    }

    @Test
    void truncatesALargeAnswerOverUdpAndGivesItWholeOverTcp() throws Exception {
        assertThat(dig(ACADEMIC, "notices.aca.kp", "TXT", "+ignore").output())
                .contains(" tc")
                .contains("flags: qr aa tc");
        assertThat(dig(ACADEMIC, "notices.aca.kp", "TXT", "+tcp").output())
                .contains("Notice 24 of 24")
                .contains("MSG SIZE");
    }

    @Test
    void findsABookByAKoreanWord() throws Exception {
        Outcome page = curl(ACADEMIC, "-G", "--data-urlencode", "q=화학", "http://namsan.aca.kp/search");
        assertThat(page.status()).as(page.output()).isZero();
        assertThat(page.output()).contains("화학").contains("/record/");
    }

    @Test
    void presentsADenialWithItsRuleAndServesTheLeader() throws Exception {
        Outcome denied = curl(ACADEMIC, "-i", "http://dailynk.com/");
        assertThat(denied.output())
                .contains("451 ")
                .containsPattern("(?i)link: .*rel=\"?blocked-by")
                .contains("world");
        assertThat(curl(LEADER, "-i", "http://dailynk.com/").output()).contains("HTTP/1.1 200");
        assertThat(curl(LEADER, "-k", "-i", "https://dailynk.com/").output()).contains("200");
        assertThat(curl(ACADEMIC, "-k", "-i", "https://dailynk.com/").output()).contains("451");
    }

    @Test
    void tellsAnInsideSiteWhoAsksThroughATunnelToo() throws Exception {
        assertThat(curl(ACADEMIC, "-k", "https://kcna.kp/").output())
                .contains("academic")
                .contains("10.76.20.11");
        assertThat(curl(ACADEMIC, "-k", "https://portal.kp/").output()).contains("10.76.20.11");
        Outcome aside =
                garden.run("curl", "-sS", "-i", "http://127.45.176.74:" + garden.port(80) + "/", "-H", "Host: kcna.kp");
        assertThat(aside.output()).as("past the gateway").contains("403");
    }

    @Test
    void carriesALetterByteForByte(@TempDir Path folder) throws Exception {
        Path letter = folder.resolve("letter.eml");
        Files.writeString(letter, """
                From: academic@silibank.net.kp
                To: trader@silibank.net.kp
                Subject: =?UTF-8?B?7JWI64WV?=

                안녕하십니까
                .a line that begins with a dot
                ..
                """.replace("\n", "\r\n"));
        Outcome sent = garden.run(
                "curl",
                "-sS",
                "--ssl-reqd",
                "-k",
                "--interface",
                ACADEMIC,
                "-u",
                "academic:academic-demo",
                "--mail-from",
                "academic@silibank.net.kp",
                "--mail-rcpt",
                "trader@silibank.net.kp",
                "--upload-file",
                letter.toString(),
                "smtp://127.76.0.1:" + garden.port(587));
        assertThat(sent.status()).as(sent.output()).isZero();
        Outcome fetched = garden.run(
                "curl",
                "-sS",
                "--interface",
                TRADER,
                "-u",
                "trader:trader-demo",
                "pop3://127.76.0.1:" + garden.port(110) + "/1");
        assertThat(fetched.output()).endsWith(Files.readString(letter));
    }

    @Test
    void refusesALetterOutsideAndTheResidentAltogether() throws Exception {
        Outcome outside = swaks(ACADEMIC, "academic", "academic@silibank.net.kp", "someone@example.com");
        assertThat(outside.output()).contains("550 5.7.1");
        Outcome resident = swaks(CAFE, "resident", "resident@silibank.net.kp", "trader@silibank.net.kp");
        assertThat(resident.output()).contains("535 5.7.8");
    }

    @Test
    void explainsWhatEveryLayerDecides() throws Exception {
        Outcome explained = garden.kwm("explain", "academic", "dailynk.com");
        assertThat(explained.status()).as(explained.output()).isZero();
        assertThat(explained.output()).contains("deny").contains("world");
    }

    @Test
    void saysThatItIsRunningAlready() throws Exception {
        Outcome again = garden.kwm("up", "--detach", "--offset", Integer.toString(garden.offset()));
        assertThat(again.output()).contains("running already");
        assertThat(again.status()).isZero();
    }

    private static Outcome dig(String from, String... question) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("dig", "-b", from, "@127.76.0.1", "-p", garden.port(53), "+tries=1", "+time=5"));
        command.addAll(List.of(question));
        return garden.run(command.toArray(String[]::new));
    }

    private static Outcome curl(String from, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "20",
                "--interface",
                from,
                "-x",
                "http://127.76.0.1:" + garden.port(3128)));
        command.addAll(List.of(arguments));
        return garden.run(command.toArray(String[]::new));
    }

    private static Outcome swaks(String from, String subject, String sender, String recipient) throws Exception {
        return garden.run(
                "swaks",
                "--server",
                "127.76.0.1:" + garden.port(587),
                "--local-interface",
                from,
                "--tls",
                "--auth-user",
                subject,
                "--auth-password",
                subject + "-demo",
                "--from",
                sender,
                "--to",
                recipient);
    }
}
