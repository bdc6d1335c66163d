package kwangmyong.lab.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.DnsConfig.Door;
import kwangmyong.dns.DnsConfig.Offer;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.config.DnsSection.Zone;

/** Reads the section {@code dns}, its zones apart. */
final class DnsReader {
    private static final InetAddress OVER_HTTPS = Addresses.parse("10.76.0.53");
    private static final String USUAL_HOST = "dns.kp";
    private static final String OFF = "off";

    private final Section dns;
    private final Section ports;
    private final Section attachments;
    /** Addresses at which programs answer, and not this server. */
    private final Set<InetAddress> programs;

    private final Listeners listeners;

    DnsReader(Section root, Listeners listeners) {
        this.dns = root.section("dns");
        this.ports = dns.section("ports");
        this.attachments = root.section("attachments");
        this.programs = NetworkReader.provider(root);
        this.listeners = listeners;
    }

    /**
     * Reads the section.
     *
     * @param labName what the server calls itself where nothing else is said
     * @param subjects whom keys may stand for
     * @param places where servers are that may be told of new versions
     */
    DnsSection read(List<Zone> zones, String labName, Set<String> subjects, PlaceReader places) {
        List<InetAddress> listen = ServiceReader.addresses(dns, "listen", List.of(ServiceReader.SERVICE_ADDRESS));
        InetAddress https = dns.value("https_address")
                .flatMap(value -> value.as(Addresses::parse))
                .orElse(OVER_HTTPS);
        int port = listeners.add(listen, ports, "dns", 53, "dns");
        Door overTls = door("tls", listen, 853);
        Door overHttps = door("https", List.of(https), 443);
        String host = dns.value("host").flatMap(value -> value.as(Names::host)).orElse(USUAL_HOST);
        return new DnsSection(
                listen,
                port,
                zones,
                new DnsConfig.Encrypted(overTls, overHttps, List.of(host)),
                word(dns.text("cookies", ""), DnsConfig.Cookies.OFFERED),
                dns.text("nsid", labName),
                rateLimit(),
                resolvers(zones, port),
                TransferKeyReader.read(dns.section("tsig"), subjects),
                ToldReader.read(dns, places),
                ToldReader.secondaries(dns, places));
    }

    private DnsConfig.RateLimit rateLimit() {
        Section limit = dns.section("rate_limit");
        DnsConfig.RateLimit usual = DnsConfig.RateLimit.OFF;
        return new DnsConfig.RateLimit(
                limit.integer("responses_per_second", usual.responsesPerSecond()),
                limit.integer("slip", usual.slip()),
                limit.integer("ipv4_prefix", usual.ipv4Prefix()),
                limit.integer("ipv6_prefix", usual.ipv6Prefix()));
    }

    private List<DnsConfig.Resolver> resolvers(List<Zone> zones, int port) {
        Set<String> known = zones.stream().map(Zone::name).collect(Collectors.toSet());
        List<DnsConfig.Resolver> resolvers = new ArrayList<>();
        attachments.named().forEach((attachment, section) -> {
            Section resolver = section.section("resolver");
            Set<String> own = RuleReader.known(resolver.values("zones"), known, "zone");
            resolver.value("address")
                    .flatMap(value -> value.as(Addresses::parse))
                    .filter(address -> !programs.contains(address))
                    .ifPresent(address -> {
                        listeners.add(
                                address,
                                port,
                                "the resolver of " + attachment,
                                (message, to) -> resolver.fault("address", message, to));
                        resolvers.add(new DnsConfig.Resolver(new InetSocketAddress(address, port), attachment, own));
                    });
        });
        return resolvers;
    }

    /** One that is off takes no port. */
    private Door door(String key, List<InetAddress> addresses, int usualPort) {
        String offer = dns.text(key, "");
        if (offer.equals(OFF)) {
            return new Door(List.of(), Offer.OFFERED);
        }
        int port = listeners.add(addresses, ports, key, usualPort, "dns");
        return new Door(
                addresses.stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList(),
                word(offer, Offer.OFFERED));
    }

    /** The constant of that name; {@code usual} for a word that the schema has refused. */
    private static <E extends Enum<E>> E word(String word, E usual) {
        for (E constant : usual.getDeclaringClass().getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        return usual;
    }
}
