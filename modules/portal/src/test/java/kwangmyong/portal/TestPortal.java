package kwangmyong.portal;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.Scope;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Identity;
import kwangmyong.portal.room.RoomPorts;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;

/** A portal on a free port of 127/8, over a café, a hotel and a workbench. */
final class TestPortal implements AutoCloseable {
    private static final BigDecimal CAFE_TARIFF = new BigDecimal("8.19");
    static final String CAFE_TERMINAL = "10.76.10.11";
    static final Set<String> CHECKS = Set.of(
            "connectivitycheck.gstatic.com",
            "captive.apple.com",
            "www.msftconnecttest.com",
            "www.msftncsi.com",
            "detectportal.firefox.com",
            "network-test.debian.org",
            "nmcheck.gnome.org",
            "connectivity-check.ubuntu.com");

    final SettableClock clock = new SettableClock();
    final RecordingJournal journal = new RecordingJournal();
    final AskerSeal seal = AskerSeal.withFreshKey();
    final List<DenialView> denials = new ArrayList<>();
    final KeptBook book = new KeptBook();
    final AtomicReference<@Nullable Long> octetsLeft = new AtomicReference<>();
    Set<Scope> scopes = Scope.all();
    final CafeSessions sessions;
    final Lattice lattice = new Lattice(List.of("resident", "cleared", "official"), List.of("library", "news", "mail"));
    private final WebRuntime runtime = new WebRuntime(clock);
    private final PortalService service;

    private TestPortal(HostKeys keys) throws StartException {
        Attachment cafe = attachment("cafe", "10.76.10.0/24", new Tariff(CAFE_TARIFF));
        Attachment workbench = attachment("workbench", "10.0.0.0/24", null);
        List<Attachment> attachments = List.of(cafe, workbench);
        Instant until = clock.now().plus(Duration.ofHours(2));
        sessions = new CafeSessions(attachments, clock, until, book);
        Captive captive = new Captive("portal.kp", CHECKS, List.of(Addresses.parse("10.76.0.1")));
        Policy policy = policy(attachments, captive);
        PortalConfig config = new PortalConfig(
                captive, 0, 0, "광명 · Kwangmyong", ZoneId.of("Asia/Pyongyang"), "127.76.0.1:13128", Set.of());
        NameData names = name -> new NameData.Answer(
                List.of(name), name.equals("kp") ? List.of() : List.of(Addresses.parse("10.76.1.5")));
        PortalPorts ports = new PortalPorts(
                AddressPlan.loopback(0, List.of(AddressRange.parse("10.0.0.0/8"))),
                sessions,
                new ScriptedPolicy(access -> decide(access.who(), access.resource())),
                () -> policy,
                names,
                (terminal, subject) -> denials,
                book,
                subject -> octetsLeft.get(),
                new RoomPorts(
                        sessions,
                        () -> List.of(new AttachmentView(
                                "cafe", List.of("10.76.10.0/24"), "cleared", "portal", null, CAFE_TARIFF)),
                        (name, password, from) -> CompletableFuture.completedFuture(
                                name.equals("operator") && password.equals("operator-demo")),
                        operator -> scopes,
                        book,
                        journal,
                        clock,
                        runtime::onWorker),
                journal,
                clock,
                seal);
        service = new PortalService(config, ports, runtime, keys);
        service.start();
    }

    static TestPortal open() throws StartException {
        return new TestPortal(HostKeys.NONE);
    }

    static TestPortal openWith(HostKeys keys) throws StartException {
        return new TestPortal(keys);
    }

    private static Attachment attachment(String name, String range, @Nullable Tariff tariff) {
        return new Attachment(
                name,
                List.of(AddressRange.parse(range)),
                new Ceiling(1, Ceiling.EVERY_COMPARTMENT),
                Attachment.LogIn.PORTAL,
                tariff);
    }

    private Policy policy(List<Attachment> attachments, Captive captive) {
        return new Policy(
                lattice,
                List.of(),
                attachments,
                List.of(
                        rule("registry", "kp", "resident"),
                        rule("national-portal", ".naenara.com.kp", "resident"),
                        rule("library-reading", "lib.*.edu.kp", "cleared+library"),
                        rule("world", "*", "official")),
                new MailPolicy(lattice.classification("resident"), Set.of(), MailPolicy.Writing.OPEN, Set.of()),
                captive,
                Denials.DEFAULT,
                List.of(),
                true);
    }

    private Rule rule(String id, String name, String needed) {
        return new Rule(
                id,
                Rule.Effect.ALLOW,
                List.of(new NamePattern(name)),
                lattice.classification(needed),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                false,
                null);
    }

    /** The portal's names are open to all; a resident reads the national portal and nothing else. */
    private Decision decide(Identity who, Resource resource) {
        String name = resource.name();
        if (name.equals("portal.kp") || CHECKS.contains(name)) {
            return ScriptedPolicy.allow("captive-portal");
        }
        if (who.subject() != null && (name.equals("naenara.com.kp") || name.equals("kp"))) {
            return ScriptedPolicy.allow(name.equals("kp") ? "registry" : "national-portal");
        }
        return ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Http.BLOCK_PAGE);
    }

    /** Adds a denial to those that the portal shows. */
    void denied(String resource) {
        LayerDecision decision = new LayerDecision(
                "gateway",
                "fetch",
                resource,
                "deny",
                "library-reading",
                Reason.CLEARANCE.word(),
                Reason.CLEARANCE.explanation(),
                "cleared+library",
                "resident",
                "451");
        denials.add(new DenialView(clock.now(), "resident", CAFE_TERMINAL, decision, 2));
    }

    InetSocketAddress http() {
        return service.listeners().get(0).socket();
    }

    InetSocketAddress https() {
        return service.listeners().get(1).socket();
    }

    /** The machine's address of a terminal. */
    static InetAddress socket(String terminal) {
        return AddressPlan.loopback(0, List.of()).socket(Addresses.parse(terminal));
    }

    @Override
    public void close() {
        service.stop();
        runtime.close();
    }
}
