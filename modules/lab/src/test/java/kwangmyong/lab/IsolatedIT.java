package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.outcome.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default lab in isolated mode: programs that know nothing of it, at terminals with no way out. */
final class IsolatedIT {
    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.ofDefaultLab();

    private static final int CANNOT = 125;

    @Test
    void programsThatKnowOfNoProxyReachWhatTheirSubjectMay() throws Exception {
        String curl = "curl -sS --max-time 30 -o /dev/null -w '%{http_code} ' ";
        assertThat(lab.shellAt("academic", curl + "-4 http://namsan.aca.kp/; " + curl + "-6 https://namsan.aca.kp/"))
                .isEqualTo(new Outcome(0, "200 200 "));
        assertThat(lab.shellAt("leader", curl + "https://dailynk.com/")).isEqualTo(new Outcome(0, "200 "));

        assertThat(lab.shellAt("academic", "getent hosts dailynk.com").status()).isEqualTo(2);
        assertThat(lab.shellAt("academic", curl + "--connect-to ::192.0.2.10 http://dailynk.com/")
                        .output())
                .endsWith("451 ");
        assertThat(lab.at("trader", "curl", "-sS", "--connect-to", "::10.76.1.10", "https://namsan.aca.kp/")
                        .output())
                .contains("alert access denied");
    }

    @Test
    void whoLogsInAtACafeIsSomebodyAtThatTerminal() throws Exception {
        assertThat(lab.shellAt("resident", "getent ahostsv4 naenara.com.kp").status())
                .isEqualTo(2);
        try {
            assertThat(lab.kwm("login", "resident", "10.76.10.11").status()).isZero();
            assertThat(lab.shellAt("resident", "curl -sS -o /dev/null -w '%{http_code}' http://naenara.com.kp/"))
                    .isEqualTo(new Outcome(0, "200"));
        } finally {
            lab.kwm("logout", "10.76.10.11");
        }
    }

    @Test
    void nothingStandsBetweenAProgramAndThePerson() throws Exception {
        assertThat(lab.shellAt("academic", "hostname; exit 37")).isEqualTo(new Outcome(37, "academic\n"));
        Process reverses = lab.start("enter", "academic", "--", "rev");
        try (var input = reverses.outputWriter(StandardCharsets.UTF_8)) {
            input.write("조선\n");
        }
        assertThat(reverses.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("선조");
        assertThat(reverses.waitFor()).isZero();
        assertThat(lab.at("nobody-there", "true").status()).isEqualTo(CANNOT);
        assertThat(lab.kwm("enter", "academic", "--proxy", "--", "sh", "-c", "echo $http_proxy")
                        .output())
                .isEqualTo("http://10.76.0.1:3128/\n");
    }

    @Test
    void aProgramEndsWithTheCommandThatRanIt() throws Exception {
        Process entered = lab.start("enter", "official", "--", "sleep", "987654");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.at("official", "pgrep", "-f", "^sleep 987654").status() == 0);
        assertThat(lab.at("academic", "pgrep", "-f", "^sleep 987654").status())
                .as("terminals do not see one another's processes")
                .isEqualTo(1);

        entered.destroy();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.at("official", "pgrep", "-f", "^sleep 987654").status() == 1);
    }

    @Test
    void theWorldIsANetworkOfItsOwnWhereAnyAddressOfItsHostingCanBeUsed() throws Exception {
        assertThat(lab.inTheLabsNetwork("ip", "-o", "address").output())
                .contains("10.76.0.1/32")
                .doesNotContain("192.0.2.10", "2001:db8::10");
        assertThat(lab.inTheWorld("""
                        dig +short @203.0.113.2 dailynk.com
                        dig +short +tcp @2001:db8::2 . NS
                        dig +noall +authority @203.0.113.2 x.t.tunnel.example | grep -o 'NS.*'
                        curl -sS -o /dev/null -w '%{http_code}\n' https://dailynk.com/
                        for address in 198.51.100.77 2001:db8:5::77; do
                            timeout 5 curl -s --interface $address -o /dev/null http://dailynk.com/ && echo from $address
                        done
                        timeout 5 bash -c 'exec 3<>/dev/tcp/10.76.0.1/53' 2>/dev/null && echo the lab was reached
                        true
                        """)).isEqualTo(new Outcome(0, """
                        192.0.2.10
                        a.root-servers.invalid.
                        NS\tns.tunnel.example.
                        200
                        from 198.51.100.77
                        from 2001:db8:5::77
                        """));
    }

    @Test
    void probesFetchInTheWorldWhatIsThereForThem() throws Exception {
        String curl = "curl -s -o /dev/null -w '%{http_code} ' https://dailynk.com/.well-known/kwm-bench/";
        String all = curl + "token/a-1; " + curl + "bytes/7; " + curl + "token/..%2fa-1; " + curl + "bytes/67108865";
        assertThat(lab.shellAt("leader", all)).isEqualTo(new Outcome(0, "404 404 404 404 "));
        lab.asPerson("mkdir", lab.state() + "/tokens");
        lab.asPerson("sh", "-c", "echo only the world knows >" + lab.state() + "/tokens/a-1");
        try {
            assertThat(lab.shellAt("leader", all)).isEqualTo(new Outcome(0, "200 200 404 404 "));
            String fetch = "curl -s https://dailynk.com/.well-known/kwm-bench/";
            assertThat(lab.shellAt("leader", fetch + "token/a-1; " + fetch + "bytes/20000000 | wc -c"))
                    .isEqualTo(new Outcome(0, "only the world knows\n20000000\n"));
        } finally {
            lab.asPerson("rm", "-r", lab.state() + "/tokens");
        }
    }

    @Test
    void theTourPassesWholeEachAskingAtTheirOwnTerminal() throws Exception {
        Outcome tour = lab.kwm("tour");
        assertThat(tour.status()).as(tour.output()).isZero();
        assertThat(tour.output()).doesNotContain("not asked");
        assertThat(lab.inTheLabsNetwork("ip", "-o", "address").output())
                .as("what a stranger spoke from is given back")
                .doesNotContain("10.99.0.1");
        Outcome leaks = lab.kwm("leaks");
        assertThat(leaks.status()).as(leaks.output()).isZero();
    }

    @Test
    void aDeviceIsMadeAtAPlaceByWhoAsksForTheRightAndNothingElse() throws Exception {
        String make = "ip tuntap add dev tun7 mode tun && ip -o link show dev tun7 | cut -d: -f2; ip link del dev tun7";
        assertThat(lab.shellAt("official", make).output()).doesNotContain(" tun7\n");
        Outcome made = lab.kwm("enter", "--tun", "official", "--", "bash", "-c", make + "; umount /run || echo kept");
        if (lab.asPerson("test", "-w", "/dev/net/tun").status() == 0) {
            assertThat(made.output()).contains(" tun7\n").endsWith("kept\n");
        } else {
            assertThat(made.output()).doesNotContain(" tun7\n").endsWith("kept\n");
        }
        assertThat(lab.kwm("leaks").status()).isZero();
    }

    @Test
    void aPlantedHoleIsFound() throws Exception {
        assertThat(lab.kwm("leaks").output()).endsWith("no way out was found\n");
        Outcome planted = lab.inTheLabsNetwork("ip", "link", "add", "hole", "type", "veth", "peer", "name", "hole2");
        assertThat(planted.status()).as(planted.output()).isZero();
        try {
            Outcome leaks = lab.kwm("leaks");
            assertThat(leaks.status()).isEqualTo(ExitStatus.DIFFERENT);
            assertThat(leaks.output()).containsPattern("LEAK +lab +links: hole hole2 lo t0.* w0");
        } finally {
            lab.inTheLabsNetwork("ip", "link", "delete", "hole");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"the launcher", "the first process", "the lab itself"})
    void killedOutrightItLeavesNothing(String what) throws Exception {
        ProcessHandle launcher = lab.launcher();
        ProcessHandle first = launcher.children().findFirst().orElseThrow();
        ProcessHandle process = first.children().findFirst().orElseThrow();
        Process entered = lab.start("enter", "official", "--", "sleep", "987655");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lab.at("official", "pgrep", "-f", "^sleep 987655").status() == 0);
        List<ProcessHandle> all =
                Stream.concat(Stream.of(launcher), launcher.descendants()).toList();

        switch (what) {
            case "the launcher" -> launcher.destroyForcibly();
            case "the first process" -> first.destroyForcibly();
            default -> process.destroyForcibly();
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
        assertThat(entered.waitFor(20, TimeUnit.SECONDS))
                .as("the program at a terminal ends too")
                .isTrue();
        assertThat(lab.kwm("status").status()).isEqualTo(ExitStatus.NOT_RUNNING);
        assertThat(lab.kwm("enter", "official", "--", "true").status()).isEqualTo(CANNOT);
        lab.up();
    }
}
