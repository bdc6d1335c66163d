package kwangmyong.access.policy;

import static kwangmyong.access.DefaultLab.LATTICE;
import static kwangmyong.access.DefaultLab.address;
import static kwangmyong.access.DefaultLab.allow;
import static kwangmyong.access.DefaultLab.deny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecisionsTest {
    private static final Instant MONDAY_MORNING = Instant.parse("2026-03-02T09:00:00Z");
    private static final String STRANGER = "192.0.2.7";

    private Policy policy = DefaultLab.policy();

    /** The lab's promise: who may reach which kind of thing, at the terminal where they belong; else the rule that explains. */
    @ParameterizedTest
    @CsvSource({
        // name,                 resident,        academic, trader,          official, leader,  delegate
        "kp,                     allow,           allow,    allow,           allow,    allow,   allow",
        "www.naenara.com.kp,     allow,           allow,    allow,           allow,    allow,   allow",
        "www.cooks.org.kp,       allow,           allow,    allow,           allow,    allow,   allow",
        "namsan.aca.kp,          library-reading, allow,    library-reading, allow,    allow,   library-reading",
        "lib.kut.edu.kp,         library-reading, allow,    library-reading, allow,    allow,   library-reading",
        "lib.ryongnamsan.edu.kp, library-reading, allow,    library-reading, allow,    allow,   library-reading",
        "www.ryongnamsan.edu.kp, institutions,    allow,    allow,           allow,    allow,   institutions",
        "kcna.kp,                news-mirrors,    allow,    allow,           allow,    allow,   allow",
        "www.vok.rep.kp,         news-mirrors,    allow,    allow,           allow,    allow,   allow",
        "mail.silibank.net.kp,   mail-hosts,      allow,    allow,           allow,    allow,   mail-hosts",
        "directory.gov.kp,       directory,       directory, directory,      allow,    allow,   directory",
        "dailynk.com,            world,           world,    world,           world,    allow,   world",
        "ko.wikipedia.org,       world,           world,    world,           world,    allow,   world",
        "torproject.org,         default,         default,  default,         default,  default, default",
    })
    void whoMayReachWhat(
            String name,
            String resident,
            String academic,
            String trader,
            String official,
            String leader,
            String delegate) {
        assertThat(outcome("resident", "10.76.10.11", name)).isEqualTo(resident);
        assertThat(outcome("academic", "10.76.20.11", name)).isEqualTo(academic);
        assertThat(outcome("trader", "10.76.30.11", name)).isEqualTo(trader);
        assertThat(outcome("official", "10.76.40.11", name)).isEqualTo(official);
        assertThat(outcome("leader", "10.76.50.11", name)).isEqualTo(leader);
        assertThat(outcome("delegate", "10.76.60.11", name)).isEqualTo(delegate);
    }

    /** {@code allow}, or the rule that says why not; the same in every layer. */
    private String outcome(String subject, String terminal, String name) {
        Decision dns = resolve(subject, terminal, name);
        for (Decision other : List.of(
                decide(subject, terminal, Layer.GATEWAY, Action.FETCH, page(name)),
                decide(subject, terminal, Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint(name, 443)))) {
            assertThat(other.rule()).isEqualTo(dns.rule());
            assertThat(other.verdict()).isEqualTo(dns.verdict());
        }
        return dns.isAllowed() ? "allow" : dns.rule();
    }

    @Test
    void theCeilingTakesAwayWhatATerminalIsNotGoodFor() {
        Decision atTheCafe = resolve("leader", "10.76.10.11", "directory.gov.kp");

        assertThat(atTheCafe.reason()).isEqualTo(Reason.CLEARANCE);
        assertThat(atTheCafe.needed()).isEqualTo(LATTICE.classification("official + directory"));
        assertThat(atTheCafe.held())
                .isEqualTo(LATTICE.clearance("cleared + library + news + mail + directory + world"));
    }

    @Test
    void aGrantCountsFromItsBeginningToItsEndUnderTheCeiling() {
        Instant end = MONDAY_MORNING.plusSeconds(60);
        var evening =
                new Grant("g", "delegate", LATTICE.clearance("official + world"), MONDAY_MORNING, end, "", "operator");
        policy = policy.withGrants(List.of(evening));

        assertThat(world("delegate", MONDAY_MORNING.minusNanos(1)).reason()).isEqualTo(Reason.CLEARANCE);
        assertThat(world("delegate", MONDAY_MORNING).reason()).isEqualTo(Reason.RULE);
        assertThat(world("delegate", MONDAY_MORNING).held()).isEqualTo(LATTICE.clearance("resident + news + world"));
        assertThat(world("delegate", end).reason()).isEqualTo(Reason.CLEARANCE);
    }

    private Decision world(String subject, Instant when) {
        var name = new Resource.Name("dailynk.com", "A");
        return decide(access(subject, "10.76.60.11", Layer.DNS, Action.RESOLVE, name, when));
    }

    @Test
    void someNamesLeadToThePortalForEveryoneAndConnectivityNamesByASinkhole() {
        for (String terminal : List.of("10.76.10.11", STRANGER, "10.76.20.11")) {
            Decision portal = resolve(null, terminal, "portal.kp");
            Decision check = resolve(null, terminal, "captive.apple.com");
            Decision fetch = decide(null, terminal, Layer.GATEWAY, Action.FETCH, page("captive.apple.com"));

            assertThat(portal.rule()).isEqualTo("captive-portal");
            assertThat(portal.presentation()).isEqualTo(Presentation.AsAsked.AS_ASKED);
            assertThat(check.isAllowed()).isTrue();
            assertThat(check.presentation())
                    .isEqualTo(new Presentation.Sinkhole(policy.captive().addresses()));
            assertThat(fetch.presentation()).isEqualTo(Presentation.AsAsked.AS_ASKED);
        }
    }

    @Test
    void nobodyIsToldToLogInWhereThereIsAPortalAndAStrangerStaysNobody() {
        Decision cafe = decide(null, "10.76.10.11", Layer.GATEWAY, Action.FETCH, page("kcna.kp"));
        Decision campus = decide(null, "10.76.20.99", Layer.GATEWAY, Action.FETCH, page("kcna.kp"));
        Decision stranger = resolve("leader", STRANGER, "kcna.kp");

        assertThat(cafe.reason()).isEqualTo(Reason.NOT_LOGGED_IN);
        assertThat(cafe.presentation()).isEqualTo(Presentation.Http.LOG_IN_NEEDED);
        assertThat(campus.presentation()).isEqualTo(Presentation.Http.BLOCK_PAGE);
        assertThat(stranger.reason()).isEqualTo(Reason.UNKNOWN_TERMINAL);
        assertThat(stranger.held()).isNull();
    }

    @Test
    void aSessionOfSomebodyWhoIsNoLongerDeclaredIsNobodys() {
        assertThat(resolve("ghost", "10.76.10.11", "kcna.kp").reason()).isEqualTo(Reason.NOT_LOGGED_IN);
    }

    @Test
    void aDenialPrecedesAPermissionForTheSameNameAndYieldsToAMoreSpecificOne() {
        policy = DefaultLab.with(
                policy,
                List.of(
                        allow("zone", "resident", ".kcna.kp"),
                        deny("not-below", "*.kcna.kp"),
                        allow("but-this", "resident", "photo.kcna.kp")));

        assertThat(outcome("trader", "10.76.30.11", "kcna.kp")).isEqualTo("allow");
        assertThat(outcome("trader", "10.76.30.11", "www.kcna.kp")).isEqualTo("not-below");
        assertThat(outcome("trader", "10.76.30.11", "photo.kcna.kp")).isEqualTo("allow");
    }

    @Test
    void aPermissionThatFallsShortYieldsToALessSpecificOneThatDoesNot() {
        policy = DefaultLab.with(
                policy,
                List.of(
                        allow("library", "cleared + library", "lib.kut.edu.kp"),
                        allow("all", "cleared", ".kut.edu.kp")));

        assertThat(resolve("trader", "10.76.30.11", "lib.kut.edu.kp").rule()).isEqualTo("all");
        assertThat(resolve("academic", "10.76.20.11", "lib.kut.edu.kp").rule()).isEqualTo("library");
        assertThat(resolve("resident", "10.76.10.11", "lib.kut.edu.kp").rule()).isEqualTo("library");
    }

    @Test
    void subjectPlaceAndHourAreEachAReasonOfTheirOwn() {
        var mornings = new Hours(Set.of(DayOfWeek.MONDAY), LocalTime.of(8, 0), LocalTime.of(10, 0), ZoneOffset.UTC);
        only(limited(Set.of("academic", "trader"), Set.of("campus"), mornings, Set.of(), null));

        assertThat(limitedAt("official", "10.76.40.11", MONDAY_MORNING)).isEqualTo(Reason.WRONG_SUBJECT);
        assertThat(limitedAt("trader", "10.76.30.11", MONDAY_MORNING)).isEqualTo(Reason.WRONG_PLACE);
        assertThat(limitedAt("academic", "10.76.20.11", MONDAY_MORNING.plusSeconds(3_600)))
                .isEqualTo(Reason.WRONG_HOUR);
        assertThat(limitedAt("academic", "10.76.20.11", MONDAY_MORNING)).isEqualTo(Reason.RULE);
    }

    private Reason limitedAt(String subject, String terminal, Instant when) {
        var name = new Resource.Name("limited.kp", "A");
        return decide(access(subject, terminal, Layer.DNS, Action.RESOLVE, name, when))
                .reason();
    }

    @Test
    void onlyARuleThatNamesItAllowsATransfer() {
        var zone = new Resource.Name("limited.kp", "AXFR");

        only(limited(Set.of(), Set.of(), null, Set.of(), null));
        assertThat(decide("academic", "10.76.20.11", Layer.DNS, Action.TRANSFER, zone)
                        .reason())
                .isEqualTo(Reason.NO_RULE);

        only(limited(Set.of(), Set.of(), null, Set.of(Action.TRANSFER), null));
        assertThat(decide("academic", "10.76.20.11", Layer.DNS, Action.TRANSFER, zone)
                        .isAllowed())
                .isTrue();
    }

    @Test
    void aRulesOwnDenialIsPresentedWhenItExplains() {
        var own = new Denials(Presentation.Dns.REFUSED, Presentation.Http.RESET, new Presentation.Mail(451, "4.7.1"));
        only(limited(Set.of("leader"), Set.of(), null, Set.of(), own));

        Decision page = decide("academic", "10.76.20.11", Layer.GATEWAY, Action.FETCH, page("limited.kp"));
        assertThat(resolve("academic", "10.76.20.11", "limited.kp").presentation())
                .isEqualTo(Presentation.Dns.REFUSED);
        assertThat(page.presentation()).isEqualTo(Presentation.Http.RESET);
    }

    @Test
    void aTunnelIsInterceptedWhereTheRuleSaysSoAndNothingElseIs() {
        Rule plain = allow("limited", "resident", ".limited.kp");
        only(new Rule(
                plain.id(),
                plain.effect(),
                plain.names(),
                plain.needed(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                false,
                null,
                false,
                true,
                List.of()));

        Decision tunnel = decide(
                "academic", "10.76.20.11", Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint("limited.kp", 443));
        assertThat(tunnel.isAllowed()).isTrue();
        assertThat(tunnel.presentation()).isEqualTo(Presentation.AsAsked.INTERCEPTED);
        assertThat(decide("academic", "10.76.20.11", Layer.GATEWAY, Action.FETCH, page("limited.kp"))
                        .presentation())
                .isEqualTo(Presentation.AsAsked.AS_ASKED);
        assertThat(resolve("academic", "10.76.20.11", "limited.kp").presentation())
                .isEqualTo(Presentation.AsAsked.AS_ASKED);
    }

    @Test
    void onlyARuleThatNamesThemSpeaksOfFlows() {
        only(allow("everything", "resident", "*"));
        assertThat(flow("198.51.100.7", 443, "tcp"))
                .returns(Reason.NO_RULE, Decision::reason)
                .returns(Presentation.Border.RESET, Decision::presentation);

        only(ofFlows(Rule.Effect.ALLOW, "*"));
        assertThat(flow("198.51.100.7", 443, "tcp").rule()).isEqualTo("flows");
        assertThat(decide("academic", "10.76.20.11", Layer.GATEWAY, Action.FETCH, page("limited.kp"))
                        .isAllowed())
                .isFalse();
    }

    @Test
    void aRangeSpeaksOfItsAddressesTheLongerPrefixFirst() {
        policy = DefaultLab.with(
                policy,
                List.of(
                        ofFlows(Rule.Effect.ALLOW, "198.51.100.0/24"),
                        ofFlows(Rule.Effect.DENY, "198.51.100.16/28"),
                        ofFlows(Rule.Effect.ALLOW, "198.51.100.17")));

        assertThat(flow("198.51.100.7", 443, "tcp").isAllowed()).isTrue();
        assertThat(flow("198.51.100.18", 443, "tcp").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(flow("198.51.100.17", 443, "tcp").isAllowed()).isTrue();
        assertThat(flow("198.51.101.7", 443, "tcp").reason()).isEqualTo(Reason.NO_RULE);
    }

    @Test
    void aRuleOfPortsSpeaksOfNoOthers() {
        only(ofFlows(Rule.Effect.ALLOW, "*", "tcp/22", "8000-8099", "icmp"));

        assertThat(flow("198.51.100.7", 22, "tcp").isAllowed()).isTrue();
        assertThat(flow("198.51.100.7", 22, "udp").reason()).isEqualTo(Reason.NO_RULE);
        assertThat(flow("2001:db8::7", 8_080, "udp").isAllowed()).isTrue();
        assertThat(flow("2001:db8::7", 0, "icmp").isAllowed()).isTrue();
        assertThat(flow("2001:db8::7", 0, "ip-47").reason()).isEqualTo(Reason.NO_RULE);
    }

    private Decision flow(String address, int port, String protocol) {
        return decide(
                "academic",
                "10.76.20.11",
                Layer.BORDER,
                Action.FLOW,
                new Resource.Flow(Addresses.parse(address), port, protocol));
    }

    private static Rule ofFlows(Rule.Effect effect, String name, String... ports) {
        return new Rule(
                "flows",
                effect,
                List.of(new NamePattern(name)),
                allow("any", "resident", "*").needed(),
                Set.of(),
                Set.of(),
                Set.of(Action.FLOW),
                null,
                false,
                null,
                false,
                false,
                Stream.of(ports).map(Ports::parse).toList());
    }

    private void only(Rule rule) {
        policy = DefaultLab.with(policy, List.of(rule));
    }

    private static Rule limited(
            Set<String> subjects,
            Set<String> attachments,
            @Nullable Hours hours,
            Set<Action> actions,
            @Nullable Denials denials) {
        Rule plain = allow("limited", "resident", ".limited.kp");
        return new Rule(
                plain.id(),
                plain.effect(),
                plain.names(),
                plain.needed(),
                subjects,
                attachments,
                actions,
                hours,
                false,
                denials);
    }

    @ParameterizedTest
    @CsvSource({
        "academic, 10.76.20.11, trader@silibank.net.kp,   CORRESPONDENT, mail-pairs,   as-asked",
        "trader,   10.76.30.11, academic@silibank.net.kp, CORRESPONDENT, mail-pairs,   as-asked",
        "academic, 10.76.20.11, academic@silibank.net.kp, CORRESPONDENT, mail-pairs,   as-asked",
        "academic, 10.76.20.11, leader@silibank.net.kp,   NOT_PAIRED,    mail-pairs,   550 5.7.1",
        "academic, 10.76.20.11, nobody@silibank.net.kp,   NO_MAILBOX,    mail-inside,  550 5.1.1",
        "academic, 10.76.20.11, someone@example.com,      NOT_LOCAL,     mail-inside,  550 5.7.1",
        "resident, 10.76.10.11, academic@silibank.net.kp, CLEARANCE,     mail-service, 550 5.7.1",
        "leader,   10.76.60.11, official@silibank.net.kp, CLEARANCE,     mail-service, 550 5.7.1",
    })
    void whoMayWriteToWhom(
            String sender, String terminal, String recipient, Reason reason, String rule, String presentation) {
        Decision decision = decide(sender, terminal, Layer.MAIL, Action.SEND, new Resource.Mailbox(recipient));

        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.rule()).isEqualTo(rule);
        assertThat(decision.presentation().word()).isEqualTo(presentation);
    }

    @Test
    void oneReadsOnesOwnMailboxOnly() {
        var mailbox = new Resource.Mailbox("academic@silibank.net.kp");

        assertThat(decide("academic", "10.76.20.11", Layer.MAIL, Action.READ, mailbox)
                        .reason())
                .isEqualTo(Reason.OWN_MAILBOX);
        assertThat(decide("leader", "10.76.50.11", Layer.MAIL, Action.READ, mailbox)
                        .reason())
                .isEqualTo(Reason.NOT_OWNER);
    }

    @Test
    void neverThrowsWhateverTheNameTheActionOrTheTime() {
        PolicySnapshot snapshot = PolicySnapshot.of(policy);
        List<String> names = List.of(
                "",
                ".",
                "..",
                ".".repeat(5_000),
                "a".repeat(70_000),
                "a".repeat(300) + ".kp",
                "*",
                "*.kp",
                "광명.kp",
                "\0");
        for (String name : names) {
            for (Instant when : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
                for (Action action : Action.values()) {
                    Access access =
                            access("academic", "10.76.20.11", Layer.DNS, action, new Resource.Name(name, "A"), when);
                    assertThatCode(() -> Decisions.decide(snapshot, access)).doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void theHashNamesTheRulesInForce() {
        String hash = PolicySnapshot.of(policy).hash();

        assertThat(hash).matches("[0-9a-f]{16}");
        assertThat(PolicySnapshot.of(DefaultLab.policy()).hash()).isEqualTo(hash);
        only(allow("one", "resident", "kp"));
        assertThat(PolicySnapshot.of(policy).hash()).isNotEqualTo(hash);
    }

    private Decision resolve(@Nullable String subject, String terminal, String name) {
        return decide(subject, terminal, Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"));
    }

    private Decision decide(@Nullable String subject, String terminal, Layer layer, Action action, Resource resource) {
        return decide(access(subject, terminal, layer, action, resource, MONDAY_MORNING));
    }

    private Decision decide(Access access) {
        return Decisions.decide(PolicySnapshot.of(policy), access);
    }

    private Access access(
            @Nullable String subject, String terminal, Layer layer, Action action, Resource resource, Instant when) {
        InetAddress address = address(terminal);
        Session session = subject == null
                ? null
                : new Session("s", subject, address, MONDAY_MORNING, null, Session.Origin.PORTAL);
        var who = new Identity(address, PolicySnapshot.of(policy).attachmentOf(address), session);
        return new Access(who, layer, action, resource, when);
    }

    private static Resource.Page page(String name) {
        return new Resource.Page("GET", "http", name, 80, "/");
    }
}
