package kwangmyong.lab.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kwangmyong.dns.TransferConfig.Secondary;
import kwangmyong.dns.TransferConfig.Told;
import kwangmyong.lab.yaml.Nearest;

/** Reads {@code dns.notify}: {@code [{zone: .news.kp, address: 10.80.2.12, key: mirror-key}]}. Addresses lie within attachments: nobody outside the lab is told. */
final class ToldReader {
    private static final int USUAL_PORT = 53;

    private ToldReader() {}

    static List<Told> read(Section dns, PlaceReader places) {
        List<Told> told = new ArrayList<>();
        Set<String> keys = dns.section("tsig").named().keySet();
        for (Section server : dns.sections("notify")) {
            server.value("key")
                    .filter(key -> !keys.contains(key.text()))
                    .ifPresent(key -> key.refuse("is no key of dns.tsig" + Nearest.hint(key.text(), keys)));
            String key = server.text("key", "");
            server.value("address")
                    .flatMap(places::terminal)
                    .ifPresent(address -> told.add(new Told(
                            server.text("zone", ""),
                            new InetSocketAddress(address, server.integer("port", USUAL_PORT)),
                            key.isEmpty() ? null : key)));
        }
        return told;
    }

    /** Reads {@code dns.secondary}: {@code {news.kp: {primary: 10.80.2.12, key: mirror-key}}}. */
    static List<Secondary> secondaries(Section dns, PlaceReader places) {
        List<Secondary> secondaries = new ArrayList<>();
        Set<String> keys = dns.section("tsig").named().keySet();
        dns.section("secondary").named().forEach((zone, server) -> {
            server.value("key")
                    .filter(key -> !keys.contains(key.text()))
                    .ifPresent(key -> key.refuse("is no key of dns.tsig" + Nearest.hint(key.text(), keys)));
            String key = server.text("key", "");
            server.value("primary")
                    .flatMap(places::terminal)
                    .ifPresent(address -> secondaries.add(new Secondary(
                            zone,
                            new InetSocketAddress(address, server.integer("port", USUAL_PORT)),
                            key.isEmpty() ? null : key)));
        });
        return secondaries;
    }
}
