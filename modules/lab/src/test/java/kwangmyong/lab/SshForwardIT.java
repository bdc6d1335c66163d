package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a lab that carries on what subjects forward, where its rules allow it: OpenSSH's -L, -D and -W from an isolated terminal. */
class SshForwardIT {
    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.of(lab());

    private static final String AT_THE_CAFE = "resident";

    private static final String SSH = """
            cd "$(mktemp -d)"
            printf '#!/bin/sh\\necho academic-demo\\n' >askpass
            chmod +x askpass
            export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
            ssh='ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=known -o PubkeyAuthentication=no -l academic'
            up() { until : >"/dev/tcp/127.0.0.1/$1"; do sleep 0.1; done 2>/dev/null; }
            """;

    /** The default lab, whose café an academic visits. */
    private static Path lab() {
        try {
            Path folder = Files.createTempDirectory("kwm-forward");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path usual = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(folder.resolve("lab.yaml"), "extends: " + usual + """

                    lab: {name: forward}
                    console: {forwarding: by-rules}
                    """);
            return folder;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static Outcome atTheCafe(String script) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no OpenSSH on this machine");
        return lab.shellAt(AT_THE_CAFE, SSH + script);
    }

    private static void written(String words, String... conditions) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            String[] all = new String[conditions.length * 2];
            for (int i = 0; i < conditions.length; i++) {
                all[2 * i] = "--where";
                all[2 * i + 1] = conditions[i];
            }
            return lab.kwm("events", all).output().contains(words);
        });
    }

    @Test
    void carriesOnWhatTheRulesAllowToTheGatewayAndNowhereElse() throws Exception {
        Outcome seen = atTheCafe("""
                $ssh -L 8080:namsan.aca.kp:80 -L 8081:dailynk.com:80 -D 1080 -N portal.kp 2>said &
                up 8080
                curl -s -H 'Host: namsan.aca.kp' http://127.0.0.1:8080/ | grep -o '<title>[^<]*' | head -1
                curl -s -o /dev/null -w '%{http_code}\n' --socks5-hostname 127.0.0.1:1080 http://kcna.kp/
                curl -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1:8081/
                curl -s -o /dev/null -w '%{http_code}\n' --socks5-hostname 127.0.0.1:1080 http://10.76.0.1:9090/
                kill $!
                wait
                grep -c 'administratively prohibited' said
                """);
        assertThat(seen.output())
                .startsWith("<title>")
                .contains("\n200\n000\n000\n")
                .endsWith("\n2\n");
        written("namsan.aca.kp:80", "service=console", "action=tunnel", "verdict=allow");
        written("namsan.aca.kp:80", "service=gateway", "action=tunnel", "subject=academic");
        written("dailynk.com:80", "service=console", "action=tunnel", "verdict=deny");
    }

    @Test
    void whatIsForwardedIsCutWithTheLogIn() throws Exception {
        Outcome seen = atTheCafe("""
                $ssh -L 8082:namsan.aca.kp:80 -N portal.kp 2>/dev/null &
                up 8082
                exec 3<>/dev/tcp/127.0.0.1/8082
                echo still here
                cat <&3 >/dev/null &
                cat=$!
                curl -s http://portal.kp/ >/dev/null
                (sleep 30; kill $cat) 2>/dev/null &
                echo logout | $ssh portal.kp >/dev/null 2>&1
                wait $cat && echo cut off
                kill %3 2>/dev/null
                exit 0
                """);
        assertThat(seen.output()).isEqualTo("still here\ncut off\n");
    }

    @Test
    void listensForNobodyAndDoesNothingForOperators() throws Exception {
        assertThat(atTheCafe("$ssh -o ExitOnForwardFailure=yes -R 9999:127.0.0.1:9 -N portal.kp 2>&1")
                        .output())
                .contains("remote port forwarding failed");
        Outcome operator = atTheCafe("""
                printf '#!/bin/sh\\necho operator-demo\\n' >askpass
                ${ssh% -l academic} -W namsan.aca.kp:80 operator@portal.kp 2>&1
                """);
        assertThat(operator.output()).contains("administratively prohibited");
        written("connect to namsan.aca.kp:80", "service=console", "action=forward-refused");
    }
}
