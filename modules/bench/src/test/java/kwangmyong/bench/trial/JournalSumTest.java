package kwangmyong.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.bench.result.Trial;
import org.junit.jupiter.api.Test;

class JournalSumTest {
    private static final JournalEntry NAME = line("dns", "dailynk.com A", "deny", "world", 1);
    private static final JournalEntry PAGE = line("gateway", "weather.example.net:443", "allow", "weather", 1);

    @Test
    void eachDecisionCountsOnceInTheOrderOfTheJournal() {
        var sum = new JournalSum(List.of(NAME, PAGE, NAME), List.of());
        assertThat(sum.rulings())
                .containsExactly(
                        new Trial.Ruling("academic", "dns", "dailynk.com A", "deny", "world"),
                        new Trial.Ruling("academic", "gateway", "weather.example.net:443", "allow", "weather"));
        assertThat(sum.exposure()).isEqualTo(new Trial.Exposure(3, 2, Map.of("dns", 2L, "gateway", 1L)));
    }

    @Test
    void namesBelowAFoldedOneCountAsOne() {
        var sum = new JournalSum(
                List.of(
                        line("dns", "aaa.b.t.tunnel.example NULL", "allow", "world", 1),
                        line("dns", "ccc.t.tunnel.example NULL", "allow", "world", 1),
                        line("dns", "not.tunnel.example A", "allow", "world", 1),
                        line("dns", "t.tunnel.example.org A", "allow", "world", 1)),
                List.of(".t.tunnel.example"));
        assertThat(sum.rulings())
                .extracting(Trial.Ruling::resource)
                .containsExactly("*.t.tunnel.example NULL", "not.tunnel.example A", "t.tunnel.example.org A");
    }

    @Test
    void aLabelThatCarriesDataMayHoldASlash() {
        var sum = new JournalSum(
                List.of(
                        line("dns", "aaa/+b.t.tunnel.example TXT", "deny", "default", 1),
                        line("gateway", "GET http://a.t.tunnel.example/b", "deny", "default", 1)),
                List.of(".t.tunnel.example"));
        assertThat(sum.rulings())
                .extracting(Trial.Ruling::resource)
                .containsExactly("*.t.tunnel.example TXT", "GET http://*.t.tunnel.example/b");
    }

    @Test
    void aStarStandsForWhatAToolDrawsByLot() {
        var sum = new JournalSum(
                List.of(
                        line("border", "198.51.100.100:9001/tcp", "allow", "flows", 1),
                        line("border", "198.51.100.104:9030/tcp", "allow", "flows", 1),
                        line("border", "198.51.100.11:9001/tcp", "allow", "flows", 1),
                        line("border", "198.51.100.104:9001/udp", "allow", "flows", 1),
                        line("gateway", "GET http://host.example/index.html?crap=1795820519", "allow", "web", 1),
                        line("gateway", "POST http://host.example/index.html?crap=1795820520", "allow", "web", 1),
                        line("gateway", "GET http://host.example/index.html?crap=1/2", "allow", "web", 1)),
                List.of("198.51.100.10*/tcp", "http://host.example/index.html?crap=*"));
        assertThat(sum.rulings())
                .extracting(Trial.Ruling::resource)
                .containsExactly(
                        "198.51.100.10*/tcp",
                        "198.51.100.11:9001/tcp",
                        "198.51.100.104:9001/udp",
                        "GET http://host.example/index.html?crap=*",
                        "POST http://host.example/index.html?crap=*",
                        "GET http://host.example/index.html?crap=1/2");
    }

    @Test
    void linesThatStandForManyNamesAreCountedButNotCompared() {
        var sum = new JournalSum(List.of(line("dns", "*", "allow", "world", 400), NAME), List.of());
        assertThat(sum.rulings()).hasSize(1);
        assertThat(sum.exposure().lines()).isEqualTo(401);
    }

    @Test
    void whatStoppedItIsTheLastDenialOfWhatItWentFor() {
        JournalEntry other = line("dns", "telemetry.example A", "deny", "default", 1);
        Trial.Stop stop = new JournalSum(List.of(NAME, PAGE, other), List.of()).stop(Set.of("dailynk.com"));
        assertThat(stop).isEqualTo(new Trial.Stop("dns", "world", "clearance", "dailynk.com A", "nxdomain"));
        assertThat(new JournalSum(List.of(other), List.of()).stop(Set.of("dailynk.com")))
                .extracting(Trial.Stop::resource)
                .isEqualTo("telemetry.example A");
        assertThat(new JournalSum(List.of(PAGE), List.of()).stop(Set.of("dailynk.com")))
                .isNull();
    }

    @Test
    void aLongerAddressOrNameIsNotWhatItWentFor() {
        JournalEntry gone = line("border", "198.51.100.2:443/tcp", "deny", "flows", 1);
        JournalEntry six = line("border", "[2001:db8::2]:443/tcp", "deny", "flows", 1);
        JournalEntry tunnel = line("gateway", "2001:db8::2:443", "deny", "world", 1);
        JournalEntry below = line("dns", "www.dailynk.com A", "deny", "world", 1);
        List<JournalEntry> others = List.of(
                line("border", "198.51.100.22:80/tcp", "deny", "default", 1),
                line("border", "[2001:db8::22]:80/tcp", "deny", "default", 1),
                line("border", "[2001:db8::2:1]:80/tcp", "deny", "default", 1),
                line("dns", "notdailynk.com A", "deny", "default", 1));
        Set<String> wanted = Set.of("198.51.100.2", "2001:db8::2", "dailynk.com", "");
        for (JournalEntry each : List.of(gone, six, tunnel, below)) {
            List<JournalEntry> lines = new ArrayList<>(List.of(each));
            lines.addAll(others);
            assertThat(new JournalSum(lines, List.of()).stop(wanted))
                    .extracting(Trial.Stop::resource)
                    .isEqualTo(each.get("resource"));
        }
    }

    private static JournalEntry line(String layer, String resource, String verdict, String rule, int count) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service", layer);
        fields.put("subject", "academic");
        fields.put("resource", resource);
        fields.put("verdict", verdict);
        fields.put("rule", rule);
        fields.put("code", "clearance");
        fields.put("presentation", "nxdomain");
        fields.put("count", Integer.toString(count));
        return new JournalEntry("{}", fields);
    }
}
