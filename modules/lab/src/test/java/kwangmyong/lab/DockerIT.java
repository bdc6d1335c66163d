package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kwangmyong.lab.DockerProject.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The default lab as containers, twice, with a researcher's own beside the second, where there is an engine that has the image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerIT {
    private static final String KIND = "com.docker.compose.project=";

    private final DockerProject one = new DockerProject("one", List.of("compose.yaml"));
    private final DockerProject two = new DockerProject("two", List.of("compose.yaml", "researcher.yaml"));

    @BeforeAll
    void start() throws Exception {
        DockerProject.needImage("kwm:latest");
        one.up();
        two.up();
    }

    @AfterAll
    void stop() throws Exception {
        for (DockerProject project : List.of(one, two)) {
            project.down();
        }
    }

    @Test
    void everythingIsHealthy() throws Exception {
        for (DockerProject project : List.of(one, two)) {
            project.awaitHealthy();
        }
    }

    @Test
    void theTourPassesFromTheTerminals() throws Exception {
        Outcome tour = one.compose("run", "--rm", "tour");
        assertThat(tour.status()).as(tour.output()).isZero();
        assertThat(tour.output()).doesNotContain("not asked as");
    }

    @Test
    void nothingOfTheMachineOrTheEngineIsSeenOrReached() throws Exception {
        Outcome seen = one.in("terminals", """
                grep CapEff /proc/self/status
                ls /sys/class/net | grep -v '^at-[0-9]*$'
                ip -4 route show table all | grep -v ' at-[0-9]* ' | grep -v '^local\\|^broadcast' || true
                cat /etc/resolv.conf; grep -v localhost /etc/hosts || true
                hostname
                """);
        assertThat(seen.output()).isEqualTo("""
                        CapEff:\t0000000000000000
                        lo
                        nameserver 10.76.0.1
                        terminals
                        """);
    }

    @Test
    void theRootFileSystemIsReadOnlyAndNobodyIsRoot() throws Exception {
        for (String part : List.of("lab", "world", "terminals")) {
            assertThat(one.in(part, "id -u; (: >/opt/x) 2>&1 | grep -o 'Read-only.*'")
                            .output())
                    .as(part)
                    .isEqualTo("10001\nRead-only file system\n");
        }
    }

    @Test
    void twoLabsDoNotMeet() throws Exception {
        one.succeeds("lab", "kwm login resident 10.76.10.11");
        assertThat(one.succeeds("lab", "kwm sessions --json")).contains("\"resident\"");
        assertThat(two.succeeds("lab", "kwm sessions --json")).doesNotContain("\"resident\"");
        one.succeeds("lab", "kwm logout 10.76.10.11");
        String keys = "cat /state/keys/* | sha256sum";
        assertThat(one.succeeds("lab", keys)).isNotEqualTo(two.succeeds("lab", keys));
    }

    @Test
    void aResearchersClientIsAloneAtItsTerminalAndFindsTheServerAsTheLabAllows() throws Exception {
        assertThat(two.succeeds(
                        "client", "ls /sys/class/net; ip -4 -o addr show eth0 | sed 's/.*inet \\([^ ]*\\).*/\\1/'"))
                .isEqualTo("eth0\nlo\n10.76.20.11/32\n");
        assertThat(two.in("terminals", "ip addr show").output()).doesNotContain("10.76.20.11/");
        assertThat(two.succeeds("client", "dig +short namsan.aca.kp")).isNotEmpty();
        assertThat(two.in("client", "curl -sS -m 20 -o /dev/null -w '%{http_code}' http://198.51.100.200/")
                        .output())
                .startsWith("451");
        assertThat(two.succeeds("server", "ip route get 10.76.20.11")).contains("dev eth0");
    }

    @Test
    void downLeavesNothing() throws Exception {
        DockerProject brief = new DockerProject("brief", List.of("compose.yaml", "researcher.yaml"));
        brief.up();
        brief.down();
        for (String what : List.of("container", "network", "volume")) {
            Stream<String> all = what.equals("container") ? Stream.of("ls", "--all") : Stream.of("ls");
            List<String> words = Stream.concat(
                            Stream.concat(Stream.of("docker", what), all),
                            Stream.of("--quiet", "--filter", "label=" + KIND + brief.name()))
                    .toList();
            assertThat(DockerProject.run(words).output()).as(what).isEmpty();
        }
    }
}
