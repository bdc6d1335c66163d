package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.border.FlowLimits;
import kwangmyong.border.api.Condition;
import kwangmyong.dns.DnsConfig;
import kwangmyong.gateway.Forwarded;
import kwangmyong.gateway.GatewayConfig;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.MailPolicy.Pair;
import kwangmyong.kernel.policy.MailPolicy.Writing;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabReaderTest {
    /** The smallest useful lab: two people, two places, what they may read. Docs show it too. */
    private static final String SMALL = """
            clearance: {levels: [guest, staff]}
            attachments:
              hall: {range: 10.80.1.0/24}
              desk: {range: 10.80.2.0/24}
            subjects:
              ann: {clearance: staff, seats: 10.80.2.11}
              bob: {}
            accounts: {demonstration: true}
            operators:
              root: {password: demonstration}
            rules:
              - {id: everyone, allow: [.news.kp]}
              - {id: staff-only, allow: [.books.kp], classification: staff}
            """;

    @TempDir
    Path folder;

    @Test
    void readsNamesFromAFileBesideIt() throws IOException {
        Files.writeString(
                folder.resolve("more.txt"), "# what else is news\nkcna.kp\n\n.rodong.rep.kp   # and all below\n");
        String text = SMALL.replace("allow: [.news.kp]", "allow: [.news.kp], allow_from: more.txt");

        LabDeclaration lab = LabText.declaration(LabText.read(folder, text));

        assertThat(lab.policy().rules().get(0).names())
                .extracting(NamePattern::text)
                .containsExactly(".news.kp", "kcna.kp", ".rodong.rep.kp");
    }

    private static final String TEST_LIST = """
            url,category_code,category_description,date_added,source,notes
            https://www.bet.example/casino?a=1,GMB,Gambling,2014-04-15,citizenlab,
            http://user@BET.example:8080/,GMB,Gambling,2014-04-15,citizenlab,"one, with
            a ""line"" more"
            https://www.bet.example/other,GMB,Gambling,2014-04-15,citizenlab,the same host
            https://news.example/,NEWS,News Media,2014-04-15,citizenlab,
            http://[2001:db8::7]:80/x,GMB,Gambling,2014-04-15,citizenlab,
            """;

    @Test
    void readsTheHostsOfAListOfUrlsByCategory() throws IOException {
        Files.writeString(folder.resolve("global.csv"), "\ufeff" + TEST_LIST.replace("\n", "\r\n"));
        Files.writeString(folder.resolve("more.txt"), "198.51.100.0/24\n2001:db8:1::/48\n");
        String text = SMALL.replace("allow: [.news.kp]", "allow_from: [global.csv, more.txt], categories: [gmb]");

        assertThat(LabText.declaration(LabText.read(folder, text))
                        .policy()
                        .rules()
                        .get(0)
                        .names())
                .extracting(NamePattern::text)
                .containsExactly("www.bet.example", "bet.example", "2001:db8::7", "198.51.100.0/24", "2001:db8:1::/48");
        assertThat(LabText.declaration(LabText.read(folder, text.replace(", categories: [gmb]", "")))
                        .policy()
                        .rules()
                        .get(0)
                        .names())
                .hasSize(6);
    }

    @Test
    void saysWhatIsWrongWithAListOfUrls() throws IOException {
        Files.writeString(
                folder.resolve("global.csv"),
                TEST_LIST + "https:///path,GMB,Gambling,2014-04-15,citizenlab,\nshort,GMB\nx.example,GMB,,,,\"open\n");
        String text = SMALL.replace("allow: [.news.kp]", "allow_from: global.csv, categories: [GMBL]");
        String all = SMALL.replace("allow: [.news.kp]", "allow_from: global.csv");
        Path list = folder.resolve("global.csv");

        assertThat(LabText.faults(LabText.read(folder, text)))
                .extracting(Object::toString)
                .anySatisfy(fault ->
                        assertThat(fault).contains("'GMBL' is no category of global.csv; did you mean 'GMB'?"));
        assertThat(LabText.faults(LabText.read(folder, all)))
                .extracting(Object::toString)
                .anySatisfy(fault ->
                        assertThat(fault).contains(list + ":8:1:").contains("'https:///path' is no URL with a host"))
                .anySatisfy(fault -> assertThat(fault).contains(list + ":9:1:").contains("has 2 fields (expected: 6)"))
                .anySatisfy(fault -> assertThat(fault).contains(list + ":10:1:").contains("that nothing closes"));

        Files.writeString(list, "name,code\nx,y\n");
        assertThat(LabText.faults(LabText.read(folder, all)))
                .extracting(Object::toString)
                .anySatisfy(fault -> assertThat(fault).contains("is no list of URLs to test"));
        Files.writeString(folder.resolve("more.txt"), "kcna.kp\n");
        assertThat(LabText.faults(LabText.read(
                        folder, SMALL.replace("allow: [.news.kp]", "allow_from: more.txt, categories: GMB"))))
                .extracting(Object::toString)
                .anySatisfy(fault -> assertThat(fault).contains("has no effect without a list of URLs"));
    }

    @Test
    void saysWhichLineOfAFileIsNoName() throws IOException {
        Files.writeString(folder.resolve("more.txt"), "kcna.kp\n  http://kcna.kp/\n");
        String text = SMALL.replace("allow: [.news.kp]", "allow_from: more.txt");

        assertThat(LabText.faults(LabText.read(folder, text)))
                .singleElement()
                .asString()
                .contains("more.txt:2:3", "'http://kcna.kp/' is not a name pattern");
    }

    @Test
    void refusesAFileWithoutNamesAndOneThatIsMissing() throws IOException {
        Files.writeString(folder.resolve("none.txt"), "# nothing yet\n");
        String text = SMALL.replace("allow: [.news.kp]", "allow_from: [none.txt, missing.txt]");

        assertThat(LabText.faults(LabText.read(folder, text)))
                .extracting(fault -> fault.toString())
                .anySatisfy(fault -> assertThat(fault).contains("'none.txt' names nothing"))
                .anySatisfy(fault -> assertThat(fault).contains("'missing.txt' is no file"));
    }

    @Test
    void fillsWhatASmallLabLeavesOut() {
        LabDeclaration lab = LabText.declaration(LabText.read(folder.resolve("small lab"), SMALL));
        assertThat(lab.name()).isEqualTo("small-lab");
        assertThat(lab.title()).isEqualTo("small-lab");
        assertThat(lab.seed()).isEqualTo(1);
        assertThat(lab.clock()).isEqualTo(new LabDeclaration.Clock(null, BigDecimal.ONE));
        assertThat(lab.timeZone()).isEqualTo(ZoneId.of("Asia/Pyongyang"));
        assertThat(lab.policy().denials()).isEqualTo(Denials.DEFAULT);
        assertThat(lab.policy().seatsAreExclusive()).isTrue();
        assertThat(lab.policy().attachments())
                .extracting(place -> place.name() + " " + place.logIn())
                .containsExactly("hall PORTAL", "desk SEAT");
        assertThat(lab.policy().attachments().get(0).ceiling().level()).isEqualTo(1);
        assertThat(lab.policy().captive().portalHost()).isEqualTo("portal.kp");
        assertThat(lab.policy().captive().connectivityNames()).contains("captive.apple.com");
        assertThat(lab.accounts()).containsOnlyKeys("ann", "bob");
        assertThat(lab.operators()).containsOnlyKeys("root");
        assertThat(lab.terminals()).containsOnlyKeys("ann");
        assertThat(lab.dns().listen()).containsExactly(Addresses.parse("10.76.0.1"));
        assertThat(List.of(
                        lab.dns().port(),
                        lab.gateway().proxy(),
                        lab.console().ssh(),
                        lab.portal().http()))
                .containsExactly(53, 3128, 22, 80);
        assertThat(lab.dns().zones()).isEmpty();
        assertThat(lab.mail()).isNull();
        assertThat(lab.sites()).isNull();
    }

    @Test
    void readsTheTimesOfTheGatewayInSeconds() {
        LabDeclaration lab = LabText.declaration(LabText.read(
                folder, LabText.SOUND + "gateway: {timeouts: {header: 3, tunnel: 90}, forwarded: terminal}\n"));
        assertThat(lab.gateway().timeouts().header()).isEqualTo(Duration.ofSeconds(3));
        assertThat(lab.gateway().timeouts().tunnel()).isEqualTo(Duration.ofSeconds(90));
        assertThat(lab.gateway().timeouts().body()).isEqualTo(GatewayConfig.Timeouts.DEFAULT.body());
        assertThat(lab.gateway().forwarded()).isEqualTo(Forwarded.TERMINAL);
    }

    @Test
    void readsQuotas() {
        LabDeclaration lab = LabText.declaration(
                LabText.read(
                        folder,
                        LabText.SOUND
                                + "gateway: {quotas: [{id: daily, subjects: ann, octets: 50000000000, minutes: 90, requests: 2000}, {id: games, names: .games.kp, minutes: 10, each: hour, denial: 403}]}\n"));
        assertThat(lab.gateway().quotas())
                .extracting(quota -> quota.id() + " " + quota.octets() + " " + quota.minutes() + " " + quota.requests()
                        + " " + quota.each().word())
                .containsExactly("daily 50000000000 90 2000 day", "games 0 10 0 hour");
        assertThat(lab.gateway().quotas().get(0).concerns("bob", "books.kp")).isFalse();
        assertThat(LabText.faults(LabText.read(folder, LabText.SOUND + "gateway: {quotas: [{id: none}]}\n")))
                .anySatisfy(fault -> assertThat(fault.toString()).contains("neither how many"));
    }

    @Test
    void readsHowLongAnybodyMayBeLoggedIn() {
        String text = LabText.with("login: portal}", "login: portal, minutes: 60}")
                        .replace("terminal: 10.80.1.11,", "terminal: 10.80.1.11, sessions: 1,")
                + "sessions: {hours: 8, at_once: 3, quotas: [{id: evening, minutes: 90, subjects: bob, attachments: [hall]}]}\n";
        LabDeclaration lab = LabText.declaration(LabText.read(folder, text));

        assertThat(lab.policy().attachments().get(0).longest()).isEqualTo(Duration.ofHours(1));
        assertThat(lab.policy().attachments().get(1).longest()).isNull();
        assertThat(lab.sessions().lasting()).isEqualTo(Duration.ofHours(8));
        assertThat(lab.sessions().limits())
                .isEqualTo(new LimitsConfig(
                        3,
                        Map.of("bob", 1),
                        List.of(new MinutesQuota("evening", Set.of("bob"), Set.of("hall"), Duration.ofMinutes(90))),
                        ZoneId.of("Asia/Seoul")));
        assertThat(LabText.declaration(LabText.read(folder, LabText.SOUND))
                        .sessions()
                        .lasting())
                .isEqualTo(Duration.ofHours(12));
    }

    @Test
    void saysWhatIsWrongWithAQuotaOfMinutes() {
        String text = LabText.SOUND
                + "sessions: {quotas: [{id: one, minutes: 1441}, {id: one, minutes: 5, subjects: bbo, attachments: hal}]}\n";
        assertThat(LabText.faults(LabText.read(folder, text)))
                .extracting(Object::toString)
                .anySatisfy(
                        fault -> assertThat(fault).contains("sessions.quotas").contains("1440"))
                .anySatisfy(fault -> assertThat(fault).contains("'one' is the id of two quotas"))
                .anySatisfy(fault -> assertThat(fault).contains("'bbo' is no subject of this lab; did you mean 'bob'?"))
                .anySatisfy(fault -> assertThat(fault).contains("'hal' is no attachment of this lab"));
    }

    @Test
    void readsEverySection() {
        LabDeclaration lab = LabText.declaration(LabText.read(folder, LabText.SOUND));
        assertThat(lab.name()).isEqualTo("tiny");
        assertThat(lab.clock().start()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(lab.policy().lattice().show(lab.policy().subjects().get(0).clearance()))
                .isEqualTo("staff+books+post");
        assertThat(lab.policy().mail().writing()).isEqualTo(Writing.PAIRS);
        assertThat(lab.policy().mail().pairs()).containsExactly(new Pair("ann", "bob"));
        assertThat(lab.policy().mail().domains()).containsExactly("post.kp");
        assertThat(lab.mailboxes()).containsEntry("bob", "bob@post.kp");
        assertThat(lab.terminals()).containsEntry("bob", Addresses.parse("10.80.1.11"));
        Rule night = lab.policy().rules().get(1);
        assertThat(night.effect()).isEqualTo(Rule.Effect.DENY);
        assertThat(night.subjects()).containsExactly("ann");
        assertThat(night.hours())
                .isEqualTo(new Hours(
                        Set.of(
                                DayOfWeek.MONDAY,
                                DayOfWeek.TUESDAY,
                                DayOfWeek.WEDNESDAY,
                                DayOfWeek.THURSDAY,
                                DayOfWeek.FRIDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(6, 0),
                        ZoneId.of("Asia/Seoul")));
    }

    @Test
    void readsEveryWayToDeny() {
        for (String word : List.of("nxdomain", "nodata", "refused", "servfail", "silence")) {
            assertThat(denials("{dns: " + word + "}").dns().word()).isEqualTo(word);
        }
        for (String word : List.of("451", "\"451\"", "403", "404", "reset", "hang")) {
            assertThat(denials("{http: " + word + "}").http().word()).isEqualTo(word.replace("\"", ""));
        }
        assertThat(denials("{dns: {sinkhole: [10.76.0.9, \"fd00::9\"]}}").dns())
                .isEqualTo(
                        new Presentation.Sinkhole(List.of(Addresses.parse("10.76.0.9"), Addresses.parse("fd00::9"))));
        assertThat(denials("{dns: {forge: [10.10.34.34, \"fd00::34\"], ttl: 60}}")
                        .dns())
                .isEqualTo(new Presentation.Forged(
                        List.of(Addresses.parse("10.10.34.34"), Addresses.parse("fd00::34")), null, 60));
        assertThat(denials("{dns: {forge: Blocked.kp}}").dns())
                .isEqualTo(new Presentation.Forged(List.of(), "blocked.kp", 300));
        assertThat(denials("{dns: {truncate: nodata}}").dns())
                .isEqualTo(new Presentation.Truncated(Presentation.Dns.NODATA));
        assertThat(denials("{mail: 451 4.7.1}").mail()).isEqualTo(new Presentation.Mail(451, "4.7.1"));
    }

    private Denials denials(String yaml) {
        String text = LabText.with("{dns: nxdomain, http: 451, mail: \"550 5.7.1\"}", yaml);
        return LabText.declaration(LabText.read(folder, text)).policy().denials();
    }

    @Test
    void aRulesDenialsKeepTheLabsWhereTheySayNothing() {
        String text = LabText.with("allow: .books.kp", "allow: .books.kp, denials: {http: reset}")
                .replace("nxdomain", "refused");
        Rule reading =
                LabText.declaration(LabText.read(folder, text)).policy().rules().get(0);
        assertThat(reading.denial())
                .isEqualTo(new Denials(Presentation.Dns.REFUSED, Presentation.Http.RESET, Denials.DEFAULT.mail()));
    }

    @Test
    void readsActionsAndTerminalsWithoutLogIn() {
        String text =
                LabText.with("allow: .books.kp", "allow: .books.kp, actions: [resolve, fetch], without_log_in: true");
        Rule reading =
                LabText.declaration(LabText.read(folder, text)).policy().rules().get(0);
        assertThat(reading.actions()).containsExactlyInAnyOrder(Action.RESOLVE, Action.FETCH);
        assertThat(reading.withoutLogIn()).isTrue();
    }

    @Test
    void findsZonesInsideAndOutsideAndNarrowsRulesToThem() throws IOException {
        Path world = Files.createDirectories(folder.resolve("zones/world"));
        Files.writeString(folder.resolve("zones/books.kp.zone"), "");
        Files.writeString(world.resolve("example.org.zone"), "");
        Files.writeString(world.resolve("Example.COM.zone"), "");
        String text = LabText.with("allow: .books.kp", "allow: \"*\", zone: world")
                .replace("deny: [games.kp]", "deny: \"*\", zone: inside");
        LabDeclaration lab = LabText.declaration(LabText.read(folder, text));
        assertThat(lab.dns().zones())
                .extracting(zone -> zone.name() + " " + zone.world())
                .containsExactlyInAnyOrder("books.kp false", "example.com true", "example.org true");
        assertThat(lab.policy().rules().get(0).names())
                .extracting(NamePattern::text)
                .containsExactlyInAnyOrder(".example.com", ".example.org");
        assertThat(lab.policy().rules().get(1).names())
                .extracting(NamePattern::text)
                .containsExactly(".books.kp");
    }

    @Test
    void takesKoreanNames() {
        Rule rule = LabText.declaration(LabText.read(folder, LabText.with(".books.kp", "\".도서관.kp\"")))
                .policy()
                .rules()
                .get(0);
        assertThat(rule.names()).extracting(NamePattern::text).containsExactly(".xn--zb0b81k2qm.kp");
    }

    @Test
    void readsAnOperatorsKeysFromAFileBesideTheLab() throws IOException {
        String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGfakegfakegfakegfake root@desk";
        Files.writeString(folder.resolve("root.pub"), "# mine\n" + key + "\n");
        String text = LabText.with("root: {password: demonstration}", "root: {keys: root.pub}");
        assertThat(LabText.declaration(LabText.read(folder, text)).operators())
                .hasEntrySatisfying("root", root -> assertThat(root.keys()).containsExactly(key));
    }

    @Test
    void saysWhatFallsTogetherInLoopbackModeAndReadsTheLabAllTheSame() {
        String text = LabText.with("10.80.1.0/24", "11.80.2.0/25")
                .replace("terminal: 10.80.1.11, ", "")
                .replace(
                        "dns: {listen: 10.80.0.1}",
                        "dns: {listen: 10.80.0.1, ports: {dns: 60053}}\ngateway: {listen: [11.76.0.1, 10.76.0.1]}");
        LabReader.Result result = LabText.read(folder, text);
        assertThat(((LabReader.Result.Read) result).inLoopback())
                .extracting(fault -> fault.path() + ": " + fault.message())
                .contains(
                        "attachments.desk.range: 10.80.2.0/24 and 11.80.2.0/25 of 'hall' are both 127.80.2.0/24 in loopback mode",
                        "dns.ports.dns: port 60053 passes 65535 in loopback mode",
                        "gateway.ports.proxy: port 3128 at 10.76.0.1 and that of gateway (proxy) at 11.76.0.1 are one in loopback mode");
    }

    @Test
    void offersEncryptedDnsUnlessToldOtherwise() {
        DnsConfig.Encrypted usual = declared("dns: {listen: 10.80.0.1}").dns().encrypted();
        assertThat(usual.tls().listen()).containsExactly(new InetSocketAddress(Addresses.parse("10.80.0.1"), 853));
        assertThat(usual.https().listen()).containsExactly(new InetSocketAddress(Addresses.parse("10.76.0.53"), 443));
        assertThat(usual.names()).containsExactly("dns.kp");
        var told = declared(
                        "dns: {tls: off, https: reset, host: ns.books.kp, cookies: required, nsid: one, rate_limit: {responses_per_second: 50, slip: 1}}")
                .dns();
        assertThat(told.encrypted().tls().listen()).isEmpty();
        assertThat(told.encrypted().https().offer()).isEqualTo(DnsConfig.Offer.RESET);
        assertThat(told.encrypted().names()).containsExactly("ns.books.kp");
        assertThat(told.cookies()).isEqualTo(DnsConfig.Cookies.REQUIRED);
        assertThat(told.rateLimit()).isEqualTo(new DnsConfig.RateLimit(50, 1, 24, 56));
        assertThat(told.nsid()).isEqualTo("one");
    }

    @Test
    void takesRulesOfFlowsWithPortsAndTheirDenial() {
        String text = LabText.with(
                "allow: .books.kp",
                "allow: [198.51.100.0/24, \"2001:DB8::/32\"], actions: flow, ports: [22, udp/53], denials: {border: drop}");
        Rule rule =
                LabText.declaration(LabText.read(folder, text)).policy().rules().get(0);
        assertThat(rule.names()).extracting(NamePattern::text).containsExactly("198.51.100.0/24", "2001:db8::/32");
        assertThat(rule.ports()).containsExactly(new Ports(null, 22, 22), new Ports("udp", 53, 53));
        assertThat(rule.denialOr(Denials.DEFAULT).border()).isEqualTo(Presentation.Border.DROP);
        assertThat(rule.actions()).containsExactly(Action.FLOW);
    }

    @Test
    void takesTheBorder() {
        var border = declared(
                        "border: {link: {delay: 80ms, jitter: 10ms, loss: 0.5%, rate: 2Mbit}, attachments: {hall: {delay: 600ms}}, flows: {limit: 9, open: 2h}, memory: 1MiB}")
                .border();
        assertThat(border.link())
                .isEqualTo(new Condition(Duration.ofMillis(80), Duration.ofMillis(10), 0.005, 2_000_000));
        assertThat(border.attachments())
                .containsExactly(Map.entry("hall", new Condition(Duration.ofMillis(600), Duration.ZERO, 0, 0)));
        assertThat(border.flows())
                .isEqualTo(new FlowLimits(
                        9, Duration.ofSeconds(30), Duration.ofHours(2), Duration.ofSeconds(10), Duration.ofMinutes(2)));
        assertThat(border.memory()).isEqualTo(1 << 20);
        assertThat(declared("dns: {tls: off}").border().link()).isEqualTo(Condition.CLEAR);
    }

    @Test
    void takesAnAttachmentsDenialsAndFindsEverySinkhole() {
        String text = LabText.with("login: portal}", "login: portal, denials: {dns: {sinkhole: 10.80.0.8}}}")
                .replace(
                        "allow: .books.kp",
                        "allow: .books.kp, over_tcp_only: true, denials: {dns: {sinkhole: 10.80.0.9}}");
        LabDeclaration lab = LabText.declaration(LabText.read(folder, text));
        Denials hall = lab.policy().attachments().get(0).denial();
        assertThat(hall)
                .isEqualTo(new Denials(
                        new Presentation.Sinkhole(List.of(Addresses.parse("10.80.0.8"))),
                        Denials.DEFAULT.http(),
                        Denials.DEFAULT.mail()));
        assertThat(lab.policy().attachments().get(1).denial()).isNull();
        assertThat(lab.policy().rules().get(0).overTcpOnly()).isTrue();
        assertThat(lab.sinkholes())
                .containsExactlyInAnyOrder(Addresses.parse("10.80.0.8"), Addresses.parse("10.80.0.9"));
    }

    @Test
    void takesWhichRulesOpenTlsAndWhetherItsInsideMayDisagree() {
        LabDeclaration usual = LabText.declaration(LabText.read(folder, LabText.with("seed: 3", "seed: 4")));
        assertThat(usual.policy().rules()).noneMatch(Rule::intercepted);
        assertThat(usual.gateway().checks()).containsExactlyInAnyOrder("sni", "inner_host");

        String text = LabText.with("allow: .books.kp", "allow: .books.kp, intercept: true")
                + "\ngateway: {checks: {inner_host: note}}\n";
        LabDeclaration lab = LabText.declaration(LabText.read(folder, text));
        assertThat(lab.policy().rules().get(0).intercepted()).isTrue();
        assertThat(lab.gateway().checks()).containsExactly("sni");
    }

    @Test
    void importsAResponsePolicyZoneAsRules() throws IOException {
        Files.writeString(folder.resolve("block.rpz"), """
                $TTL 60
                @ SOA localhost. nobody.invalid. 1 2 3 4 5
                @ NS localhost.
                bad.example CNAME .
                *.bad.example CNAME .
                good.bad.example CNAME rpz-passthru.
                tcp.example CNAME rpz-tcp-only.
                lie.example 77 A 10.10.34.34
                """);
        String text =
                LabText.with("- {id: reading, allow: .books.kp,", "- {id: list, import: block.rpz, attachments: desk,");
        List<Rule> rules =
                LabText.declaration(LabText.read(folder, text)).policy().rules();
        assertThat(rules)
                .extracting(rule -> rule.id() + " " + rule.effect() + " " + rule.names() + rule.overTcpOnly())
                .containsExactly(
                        "list-line-8 DENY [lie.example]false",
                        "list-nxdomain DENY [bad.example, *.bad.example]false",
                        "list-passthru ALLOW [good.bad.example]false",
                        "list-tcp-only ALLOW [tcp.example]true",
                        "night DENY [games.kp]false");
        assertThat(rules).allSatisfy(rule -> assertThat(rule.attachments()).containsExactly("desk"));
        assertThat(rules.get(0).denialOr(Denials.DEFAULT).dns())
                .isEqualTo(new Presentation.Forged(List.of(Addresses.parse("10.10.34.34")), null, 77));
        assertThat(rules.get(2).needed().compartments())
                .as("the classification given")
                .isNotZero();
    }

    @Test
    void saysWhatIsWrongWithAResponsePolicyZoneWithItsLine() throws IOException {
        Path zone = Files.writeString(folder.resolve("block.rpz"), """
                $TTL 60
                @ SOA localhost. nobody.invalid. 1 2 3 4 5
                32.1.2.0.192.rpz-ip CNAME .
                """);
        String text = LabText.with("- {id: reading, allow: .books.kp,", "- {id: list, import: block.rpz,");
        assertThat(LabText.faults(LabText.read(folder, text)))
                .singleElement()
                .hasToString(zone + ":3:1: 32.1.2.0.192.rpz-ip.block CNAME: the trigger rpz-ip is not supported"
                        + " (expected: the name of a question)");
        assertThat(LabText.faults(LabText.read(folder, text.replace("block.rpz", "none.rpz"))))
                .singleElement()
                .hasToString(folder.resolve("none.rpz") + ":1:1: there is no such file");
    }

    @Test
    void readsTheResolverOfAnAttachment() throws IOException {
        Files.createDirectories(folder.resolve("zones"));
        Files.writeString(folder.resolve("zones/books.kp.zone"), "");
        String text = LabText.with("login: portal}", "login: portal, resolver: {address: 10.80.1.1, zones: books.kp}}");
        assertThat(LabText.declaration(LabText.read(folder, text)).dns().resolvers())
                .containsExactly(new DnsConfig.Resolver(
                        new InetSocketAddress(Addresses.parse("10.80.1.1"), 53), "hall", Set.of("books.kp")));
        assertThat(LabText.faults(LabText.read(folder, text.replace("zones: books.kp", "zones: book.kp"))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message())
                        .isEqualTo("'book.kp' is no zone of this lab; did you mean 'books.kp'?"));
    }

    private LabDeclaration declared(String dns) {
        return LabText.declaration(LabText.read(folder, LabText.with("dns: {listen: 10.80.0.1}", dns)));
    }
}
