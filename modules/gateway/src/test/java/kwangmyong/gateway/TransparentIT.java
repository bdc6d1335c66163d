package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

    private CaughtNetwork network;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        assumeTrue(Namespaces.areAvailable(), "namespaces need root, ip, nft and curl");
        network = new CaughtNetwork(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (network != null) {
            network.close();
        }
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
        return network.atTerminal(command.toArray(String[]::new));
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
        network.firewall(how.substring(0, how.indexOf(' ')));
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
        network.firewall(how);

        Namespaces.Said denied =
                network.atTerminal("curl", "-sSk", "--max-time", "20", "https://" + Namespaces.SITE + "/");

        assertThat(denied.text()).contains("alert access denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tproxy", "redirect"})
    void refusesQuicSoThatClientsFallBack(String how) throws Exception {
        network.firewall(how);
        String asks = "exec 3<>/dev/udp/" + Namespaces.SITE + "/443; echo hello >&3; read -r -t 10 -u 3; exit $?";

        Namespaces.Said said = network.atTerminal("bash", "-c", asks);

        assertThat(said.text()).contains("Connection refused");
        assertThat(said.status()).as("an answer at once, not a time-out").isEqualTo(1);
    }
}
