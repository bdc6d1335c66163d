package kwangmyong.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;

/** What each container's shell is told; that it makes a network is for the end-to-end test with an engine. */
final class ContainerPlanTest {
    private static final InetAddress SERVICE = Addresses.parse("10.76.0.1");
    private static final IsolationConfig CONFIG = new IsolationConfig(
            List.of(terminal("ann", "10.80.1.11"), terminal("bob", "10.80.1.12")),
            Set.of(SERVICE),
            Set.of(),
            List.of(SERVICE),
            new World(Set.of(), List.of(Addresses.parse("203.0.113.2")), List.of(), List.of("true"), Map.of()),
            List.of(new InetSocketAddress(SERVICE, 3130)),
            List.of(),
            List.of(),
            Path.of("/places"),
            List.of());

    private static Terminal terminal(String name, String address) {
        return new Terminal(name, List.of(Addresses.parse(address)), List.of(SERVICE), Caught.ALL);
    }

    private final ContainerPlan plan = new ContainerPlan(CONFIG, Set.of("bob"));

    @Test
    void theLabPutsOneEndOfEachLinkIntoTheNetworkOfAnother() {
        assertThat(plan.lab(17, 24, Map.of("bob", 31L)))
                .contains("link add t0 type veth peer name at-0 netns 17\n")
                .contains("link add t1 type veth peer name eth0 netns 31\n")
                .contains("link add w0 type veth peer name eth0 netns 24\n");
    }

    @Test
    void connectionsAreHandedToTheGatewayByTranslationForWhichItNeedsNoRight() {
        assertThat(plan.lab(17, 24, Map.of("bob", 31L)))
                .doesNotContain("tproxy")
                .contains("meta l4proto tcp dnat ip to 10.76.0.1:3130");
    }

    @Test
    void aTerminalApartIsNotAmongTheOthers() {
        assertThat(plan.terminals()).contains("10.80.1.11").doesNotContain("10.80.1.12");
        assertThat(plan.own("bob")).contains("addr add 10.80.1.12/32 dev eth0").doesNotContain("10.80.1.11");
    }

    @Test
    void everySideButTheLabsWaitsForItsLinks() {
        assertThat(plan.world()).startsWith("until ip link show dev eth0 ");
        assertThat(plan.terminals()).startsWith("until ip link show dev at-0 ");
        assertThat(plan.own("bob")).startsWith("until ip link show dev eth0 ");
    }

    @Test
    void aSubjectWithoutATerminalIsNamedWithThoseWhoHaveOne() {
        assertThatThrownBy(() -> new ContainerPlan(CONFIG, Set.of("cho")))
                .hasMessage("no terminal is cho's (expected: one of ann, bob)");
    }
}
