package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import kwangmyong.gateway.Forwarded;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.MailPolicy.Writing;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.lab.config.LabDeclaration.ConsoleSection;
import kwangmyong.lab.config.LabDeclaration.MetricsSection;
import kwangmyong.lab.config.LabDeclaration.PortalSection;
import kwangmyong.lab.yaml.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads the sections of the services: {@code portal}, {@code gateway}, {@code mail}, {@code console}. */
final class ServiceReader {
    static final InetAddress SERVICE_ADDRESS = Addresses.parse("10.76.0.1");
    /** Those that deny where a lab says nothing. */
    private static final Set<String> DENYING_CHECKS = Set.of("sni", "inner_host");

    private static final InetAddress MACHINE = Addresses.parse("127.0.0.1");
    private static final InetAddress SERVICE_ADDRESS_IPV6 = Addresses.parse("fd00:76::1");
    private static final String PORTAL_HOST = "portal.kp";
    private static final List<Integer> WEB_PORTS = List.of(80, 443);
    private static final int CACHE_MEGABYTES = 64;

    /** What operating systems and browsers ask for to learn whether they are online. */
    private static final Set<String> CONNECTIVITY_NAMES = Set.of(
            "connectivitycheck.gstatic.com",
            "clients3.google.com",
            "captive.apple.com",
            "www.apple.com",
            "www.msftconnecttest.com",
            "www.msftncsi.com",
            "detectportal.firefox.com",
            "network-test.debian.org",
            "nmcheck.gnome.org",
            "connectivity-check.ubuntu.com",
            "wpad",
            "wpad.kp");

    private final Section root;
    private final Listeners listeners;

    ServiceReader(Section root, Listeners listeners) {
        this.root = root;
        this.listeners = listeners;
    }

    PortalSection portal() {
        Section portal = root.section("portal");
        Section ports = portal.section("ports");
        List<InetAddress> listen = addresses(portal, "address", List.of(SERVICE_ADDRESS, SERVICE_ADDRESS_IPV6));
        return new PortalSection(
                portal.value("host").flatMap(value -> value.as(Names::host)).orElse(PORTAL_HOST),
                listen,
                listeners.add(listen, ports, "http", 80, "portal"),
                listeners.add(listen, ports, "https", 443, "portal"),
                portal.values("operators_from").stream()
                        .flatMap(value -> value.as(AddressRange::parse).stream())
                        .toList());
    }

    /** Where denials lead that look like a sinkhole: the portal answers there too. */
    Set<InetAddress> sinkholes(PortalSection portal, Policy policy) {
        Set<InetAddress> sinkholes = new LinkedHashSet<>();
        Stream.of(
                        Stream.of(policy.denials()),
                        policy.attachments().stream().map(Attachment::denial),
                        policy.rules().stream().map(Rule::denial))
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .map(Denials::dns)
                .filter(Presentation.Sinkhole.class::isInstance)
                .forEach(look -> sinkholes.addAll(((Presentation.Sinkhole) look).addresses()));
        portal.listen().forEach(sinkholes::remove);
        for (InetAddress sinkhole : sinkholes) {
            for (int port : List.of(portal.http(), portal.https())) {
                listeners.add(sinkhole, port, "the sinkhole", (message, to) -> root.fault("denials", message, to));
            }
        }
        return sinkholes;
    }

    Captive captive(PortalSection portal) {
        Section section = root.section("portal");
        Set<String> names = new LinkedHashSet<>(CONNECTIVITY_NAMES);
        if (section.has("connectivity_names")) {
            names.clear();
            section.values("connectivity_names")
                    .forEach(value -> value.as(Names::host).ifPresent(names::add));
        }
        return new Captive(portal.host(), names, portal.listen());
    }

    GatewaySection gateway(Collection<String> subjects) {
        Section gateway = root.section("gateway");
        Section ports = gateway.section("ports");
        List<InetAddress> listen = addresses(gateway, "listen", List.of(SERVICE_ADDRESS));
        List<Integer> reaches = gateway.values("reaches").stream()
                .filter(value -> value.text().matches("\\d{1,5}"))
                .map(value -> Integer.valueOf(value.text()))
                .distinct()
                .toList();
        Section cache = gateway.section("cache");
        List<NamePattern> cached = new ArrayList<>();
        cache.values("hosts").forEach(value -> value.as(Names::pattern).ifPresent(cached::add));
        return new GatewaySection(
                listen,
                listeners.add(listen, ports, "proxy", 3128, "gateway"),
                listeners.add(listen, ports, "tls", 3129, "gateway"),
                reaches.isEmpty() ? WEB_PORTS : reaches,
                checks(gateway.section("checks")),
                new ContentReader(subjects).read(gateway.sections("content")),
                cached,
                cache.integer("megabytes", CACHE_MEGABYTES),
                TimeoutsReader.read(gateway.section("timeouts")),
                Forwarded.valueOf(gateway.text("forwarded", "none").toUpperCase(Locale.ROOT)),
                new QuotaReader(subjects).read(gateway.sections("quotas")));
    }

    private static Set<String> checks(Section checks) {
        Set<String> denying = new LinkedHashSet<>();
        for (String check : List.of("host", "sni", "no_sni", "not_tls", "inner_host")) {
            if (checks.text(check, DENYING_CHECKS.contains(check) ? "deny" : "note")
                    .equals("deny")) {
                denying.add(check);
            }
        }
        return denying;
    }

    ConsoleSection console() {
        Section console = root.section("console");
        List<InetAddress> listen = addresses(console, "listen", List.of(SERVICE_ADDRESS));
        return new ConsoleSection(
                listen,
                listeners.add(listen, console.section("ports"), "ssh", 22, "console"),
                console.text("forwarding", "refused").equals("by-rules"));
    }

    /** On the machine's own loopback where a lab says nothing. */
    MetricsSection metrics() {
        Section metrics = root.section("metrics");
        List<InetAddress> listen = addresses(metrics, "listen", List.of(MACHINE));
        return new MetricsSection(listen, listeners.add(listen, metrics.section("ports"), "http", 9090, "metrics"));
    }

    /** Null in a lab without a section {@code mail}. */
    @Nullable
    MailSection mail(MailPolicy policy) {
        if (!root.has("mail")) {
            return null;
        }
        Section mail = root.section("mail");
        Section ports = mail.section("ports");
        List<InetAddress> listen = addresses(mail, "listen", List.of(SERVICE_ADDRESS));
        String usualHost = policy.domains().stream()
                .sorted()
                .findFirst()
                .map(first -> "mail." + first)
                .orElse("mail");
        return new MailSection(
                listen,
                mail.value("host").flatMap(value -> value.as(Names::host)).orElse(usualHost),
                listeners.add(listen, ports, "smtp", 25, "mail"),
                listeners.add(listen, ports, "submission", 587, "mail"),
                listeners.add(listen, ports, "submissions", 465, "mail"),
                listeners.add(listen, ports, "pop3", 110, "mail"),
                listeners.add(listen, ports, "pop3s", 995, "mail"),
                listeners.add(listen, ports, "imap", 143, "mail"),
                listeners.add(listen, ports, "imaps", 993, "mail"));
    }

    MailPolicy mailPolicy(Labels labels, SubjectReader subjects, Set<String> names) {
        Section mail = root.section("mail");
        Set<String> domains = new LinkedHashSet<>();
        mail.values("domains").forEach(value -> value.as(Names::host).ifPresent(domains::add));
        for (Value mailbox : subjects.mailboxes()) {
            String domain = mailbox.text().substring(mailbox.text().indexOf('@') + 1);
            if (!mail.has("domains")) {
                domains.add(domain);
            } else if (!domains.contains(domain)) {
                mailbox.refuse("lies in no mail domain of this lab" + Nearest.hint(domain, domains));
            }
        }
        if (root.has("mail") && domains.isEmpty() && !mail.has("domains")) {
            mail.fault("names no domains, and no subject has a mailbox to tell them from");
        }
        Set<MailPolicy.Pair> pairs = pairs(mail, names);
        Writing usual = mail.has("pairs") ? Writing.PAIRS : Writing.OPEN;
        Writing writing =
                mail.value("writing").map(value -> writing(value.text(), usual)).orElse(usual);
        if (writing != Writing.PAIRS && mail.has("pairs")) {
            mail.fault("pairs", "has no effect where writing is not 'pairs'");
        }
        return new MailPolicy(labels.classification(mail.value("classification")), domains, writing, pairs);
    }

    private static Set<MailPolicy.Pair> pairs(Section mail, Set<String> names) {
        Set<MailPolicy.Pair> pairs = new LinkedHashSet<>();
        for (List<Value> pair : mail.tuples("pairs")) {
            List<String> known = new ArrayList<>(RuleReader.known(pair, names, "subject"));
            if (known.size() == 2) {
                pairs.add(new MailPolicy.Pair(known.get(0), known.get(1)));
            } else if (known.size() == 1
                    && pair.size() == 2
                    && pair.get(0).text().equals(pair.get(1).text())) {
                pair.get(1).refuse("is paired with themselves; to oneself one may always write");
            }
        }
        return pairs;
    }

    private static Writing writing(String word, Writing otherwise) {
        return switch (word) {
            case "open" -> Writing.OPEN;
            case "pairs" -> Writing.PAIRS;
            case "lattice" -> Writing.LATTICE;
            default -> otherwise;
        };
    }

    static List<InetAddress> addresses(Section section, String key, List<InetAddress> usual) {
        List<InetAddress> addresses = section.values(key).stream()
                .flatMap(value -> value.as(Addresses::parse).stream())
                .distinct()
                .toList();
        return addresses.isEmpty() ? usual : addresses;
    }
}
