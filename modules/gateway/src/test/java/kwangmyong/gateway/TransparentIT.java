package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that know of no proxy, behind a firewall that turns them to the gateway: the rules are those of docs/gateway.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class TransparentIT {
    private static final int CURL_TLS_FAILED = 35;
    private static final String OFF = "";

    private Path folder;
    private Namespaces net;
    private Process gateway;
    private String loaded = OFF;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        assumeTrue(Namespaces.areAvailable(), "namespaces need root, ip, nft and curl");
        net = new Namespaces();
        gateway = net.start(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                CaughtHost.class.getName(),
                folder.toString()));
        BufferedReader said = gateway.inputReader();
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = said.readLine()) != null && !line.equals("ready")) {
            lines.add(line);
        }
        assertThat(line).as(String.join("\n", lines)).isEqualTo("ready");
    }

    @AfterAll
    void stop() throws Exception {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
        if (net != null) {
            net.close();
        }
    }

    /** The rules that the documentation shows under a heading of that name, on the interface of this test. */
    private void firewall(String how) throws IOException, InterruptedException {
        if (loaded.equals(how)) {
            return;
        }
        Path docs = Path.of(System.getProperty("kwm.docs", "../../docs"), "gateway.md");
        String page = Files.readString(docs);
        int from = page.indexOf("```nft " + how + "\n");
        assertThat(from).as("rules for %s in %s", how, docs).isNotNegative();
        String rules = page.substring(page.indexOf('\n', from) + 1, page.indexOf("```", from + 3));
        Path file = folder.resolve(how + ".nft");
        Files.writeString(file, "flush ruleset\n" + rules.replace("terminals", "g0"));
        net.firewall(file);
        loaded = how;
    }

    private Namespaces.Said curl(String url, String address) throws IOException, InterruptedException {
        String bracketed = address.contains(":") ? "[" + address + "]" : address;
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k", "--max-time", "20"));
        for (String host : List.of(CaughtHost.ALLOWED, CaughtHost.DENIED)) {
            for (int port : List.of(80, 443)) {
                command.addAll(List.of("--resolve", host + ":" + port + ":" + bracketed));
            }
        }
        command.addAll(List.of("-w", "\n%{http_code}", url));
        return net.atTerminal(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tproxy " + Namespaces.SITE,
                "tproxy " + Namespaces.SITE_V6,
                "redirect " + Namespaces.SITE,
                "redirect " + Namespaces.SITE_V6
            })
    void decidesHttpByHostAndTlsByServerName(String how) throws Exception {
        firewall(how.substring(0, how.indexOf(' ')));
        String address = how.substring(how.indexOf(' ') + 1);

        assertThat(curl("http://namsan.aca.kp/", address).text())
                .contains(CaughtHost.SAYS)
                .endsWith("200");
        assertThat(curl("https://namsan.aca.kp/", address).text())
                .contains(CaughtHost.SAYS)
                .endsWith("200");
        assertThat(curl("http://dailynk.com/", address).text())
                .doesNotContain(CaughtHost.SAYS)
                .endsWith("451");
        Namespaces.Said denied = curl("https://dailynk.com/", address);
        assertThat(denied.status()).as(denied.text()).isEqualTo(CURL_TLS_FAILED);
        assertThat(denied.text()).contains("alert access denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tproxy", "redirect"})
    void deniesTlsThatNamesNobody(String how) throws Exception {
        firewall(how);

        Namespaces.Said denied = net.atTerminal("curl", "-sSk", "--max-time", "20", "https://" + Namespaces.SITE + "/");

        assertThat(denied.text()).contains("alert access denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tproxy", "redirect"})
    void refusesQuicSoThatClientsFallBack(String how) throws Exception {
        firewall(how);
        String asks = "exec 3<>/dev/udp/" + Namespaces.SITE + "/443; echo hello >&3; read -r -t 10 -u 3; exit $?";

        Namespaces.Said said = net.atTerminal("bash", "-c", asks);

        assertThat(said.text()).contains("Connection refused");
        assertThat(said.status()).as("an answer at once, not a time-out").isEqualTo(1);
    }
}
