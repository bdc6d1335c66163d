package kwangmyong.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;

/** What is asked of {@code ip} and {@code nft}; that they do it is for the isolated mode's end-to-end test. */
class NetworkPlanTest {
    private static final InetAddress SERVICE = Addresses.parse("10.76.0.1");
    private static final InetAddress SITE = Addresses.parse("192.0.2.10");
    private static final World WORLD = new World(
            Set.of(SITE, Addresses.parse("198.51.100.20")),
            List.of(Addresses.parse("203.0.113.2"), Addresses.parse("2001:db8::2")),
            List.of(AddressRange.parse("198.51.100.0/24"), AddressRange.parse("2001:db8:5::/64")),
            List.of("true"),
            Map.of());

    private static Terminal terminal(String name, String address, Caught caught) {
        return new Terminal(name, List.of(Addresses.parse(address)), List.of(SERVICE), caught);
    }

    private static IsolationConfig config(Set<InetAddress> hosts, Terminal... terminals) {
        return new IsolationConfig(
                List.of(terminals),
                Set.of(SERVICE),
                hosts,
                List.of(SERVICE),
                WORLD,
                List.of(new InetSocketAddress(SERVICE, 3130)),
                List.of(),
                List.of(),
                Path.of("/places"),
                List.of());
    }

    private static String firewall(Terminal... terminals) {
        IsolationConfig config = config(Set.of(), terminals);
        return new FirewallPlan(config, new NetworkPlan(config)).text();
    }

    private static String chain(String firewall, String name) {
        int from = firewall.indexOf("chain " + name + " {");
        return firewall.substring(from, firewall.indexOf("    }", from));
    }

    @Test
    void nothingIsRoutedWhereEverythingIsCaught() {
        Terminal caught = terminal("ann", "10.80.1.11", Caught.ALL);
        assertThat(new NetworkPlan(config(Set.of(), caught)).routed()).isEmpty();
        assertThat(chain(firewall(caught), "onwards"))
                .doesNotContain("accept\n        iifname")
                .doesNotContain("counter name routed accept");
        assertThat(chain(firewall(caught), "from_t0"))
                .contains("meta l4proto tcp tproxy ip to 10.76.0.1:3130")
                .doesNotContain("192.0.2.10")
                .endsWith("counter name refused reject\n");
    }

    @Test
    void onlyATerminalOfWhichLessIsCaughtReachesTheWorld() {
        Terminal caught = terminal("ann", "10.80.1.11", Caught.ALL);
        Terminal free = terminal("bob", "10.80.1.12", Caught.NONE);
        Terminal web = terminal("cho", "10.80.1.13", new Caught(false, Set.of(443, 80)));
        assertThat(new NetworkPlan(config(Set.of(), caught, free, web)).routed())
                .containsExactly("t1", "t2", "w0");
        String firewall = firewall(caught, free, web);
        assertThat(chain(firewall, "onwards"))
                .contains("iifname \"t1\" oifname \"w0\" counter name routed accept")
                .contains("iifname \"w0\" oifname \"t2\" ct state established,related counter name routed accept")
                .doesNotContain("\"t0\"");
        assertThat(chain(firewall, "from_t1"))
                .contains("ip daddr { 198.51.100.0/24, 203.0.113.2/32, 192.0.2.10/32 } accept")
                .contains("ip6 daddr { 2001:db8:5::/64, 2001:db8::2/128 } accept")
                .doesNotContain("tproxy");
        assertThat(chain(firewall, "from_t2")).contains("tcp dport { 80, 443 } tproxy");
    }

    @Test
    void whatNeighboursSayIsLetInFromAnybodyAndRoutedForNobody() {
        String text = firewall(terminal("ann", "10.80.1.11", Caught.NONE));
        String neighbours = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ";
        assertThat(chain(text, "arriving")).contains(neighbours + "accept");
        String onwards = chain(text, "onwards");
        assertThat(onwards.indexOf(neighbours + "drop")).isBetween(0, onwards.indexOf("accept"));
    }

    @Test
    void theWorldSpeaksAsNobodyElseAndBeginsNothing() {
        String firewall = firewall(terminal("bob", "10.80.1.12", Caught.NONE));
        assertThat(chain(firewall, "arriving"))
                .contains("iifname \"w0\" ip saddr { 198.51.100.0/24, 203.0.113.2/32, 192.0.2.10/32 } goto from_w0");
        assertThat(chain(firewall, "from_w0"))
                .contains("ct state established,related accept")
                .endsWith("counter name refused reject\n");
    }

    @Test
    void anAddressIsInsideOrInTheWorld() {
        assertThatThrownBy(() -> config(Set.of(SITE), terminal("ann", "10.80.1.11", Caught.ALL)))
                .hasMessage("the address 192.0.2.10 is both inside and in the world");
    }
}
