package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.net.tls.Trust;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.jspecify.annotations.Nullable;

/** A gateway on a free port of 127.76.0.1 whose policy, names and people a test sets. Clients are the terminal 10.76.20.11. */
final class GatewayFixture implements AutoCloseable {
    static final String TERMINAL = "127.76.20.11";
    static final String SITE = "127.76.100.1";
    static final String SITE_IN_THE_LAB = "10.76.100.1";
    static final Lattice LATTICE = new Lattice(List.of("resident", "cleared"), List.of("library", "world"));

    /** What pages say of interception; who decides is the test. */
    static final Policy DECLARED = new Policy(
            LATTICE,
            List.of(),
            List.of(),
            List.of(new Rule(
                    "opened",
                    Rule.Effect.ALLOW,
                    List.of(new NamePattern(".aca.kp")),
                    new Classification(0, 0),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    null,
                    false,
                    null,
                    false,
                    true,
                    List.of())),
            new MailPolicy(new Classification(0, 0), Set.of(), MailPolicy.Writing.OPEN, Set.of()),
            new Captive("portal.kp", Set.of(), List.of()),
            new Denials(Presentation.Dns.NXDOMAIN, Presentation.Http.BLOCK_PAGE, new Presentation.Mail(550, "5.7.1")),
            List.of(),
            true);

    final RecordingJournal journal = new RecordingJournal();
    final ScriptedSessions sessions = new ScriptedSessions().with("academic", "10.76.20.11");
    final SettableClock clock = new SettableClock();
    final AskerSeal seal = AskerSeal.withFreshKey();
    final ScriptedPolicy policy;
    final Map<String, NameData.Answer> names = new ConcurrentHashMap<>();
    final Set<Integer> ports = new HashSet<>(GatewayConfig.WEB_PORTS);
    private final Transport transport = Transport.best(2);
    private UnaryOperator<GatewayConfig> change = UnaryOperator.identity();
    private @Nullable GatewayService service;
    private @Nullable ServerCredential credential;
    private @Nullable Interception interception;
    private @Nullable Authority pretender;

    GatewayFixture(Function<Access, Decision> rules) {
        policy = new ScriptedPolicy(rules);
    }

    static GatewayFixture allowingAll() {
        return new GatewayFixture(access -> ScriptedPolicy.allow("test"));
    }

    /** Has it listen over TLS too, with what an authority of the test's own issues; answers that authority's certificate. */
    Path overTls(Path folder) throws IOException {
        Authority authority = Authority.open(folder, "garden", "A garden of tests");
        InetAddress own = Addresses.parse("127.76.0.1");
        credential = authority.issue("gateway", List.of("proxy.kp"), List.of(own));
        return authority.exportTo(folder);
    }

    /** Has it open TLS where decisions say so, in a folder for authorities of the test's own; answers the one that vouches for hosts. */
    Authority intercepting(Path folder) throws IOException {
        Authority world = Authority.open(folder, "world", "A world of tests");
        pretender = Authority.open(folder, "interception", "A pretender of tests");
        interception = new Interception(pretender, new Trust(List.of(world.certificate())), () -> DECLARED);
        return world;
    }

    /** Who signs what clients are shown in a host's place. */
    X509Certificate pretender() {
        return Objects.requireNonNull(pretender).certificate();
    }

    InetSocketAddress tlsAddress() {
        return Objects.requireNonNull(service).listeners().get(1).socket();
    }

    GatewayFixture with(UnaryOperator<GatewayConfig> changed) {
        change = changed;
        return this;
    }

    /** Has a name lead to an origin; answers the authority to ask for. */
    String name(String name, Origin origin) {
        return name(name, origin, SITE_IN_THE_LAB);
    }

    String name(String name, Origin origin, String labAddress) {
        names.put(name, new NameData.Answer(List.of(name), List.of(Addresses.parse(labAddress))));
        int port = origin.port() - AddressPlan.LOOPBACK_PORT_SHIFT;
        ports.add(port);
        return name + ":" + port;
    }

    GatewayFixture start() throws Service.StartException {
        InetAddress own = Addresses.parse("10.76.0.1");
        GatewayConfig config = GatewayConfig.of(
                        new InetSocketAddress(own, 0), GatewayConfig.Portal.at("portal.kp", List.of(own)), List.of())
                .withPorts(ports)
                .withTls(credential == null ? null : new InetSocketAddress(own, 0));
        GatewayService started = new GatewayService(
                change.apply(config),
                transport,
                AddressPlan.loopback(0, List.of()),
                policy,
                sessions,
                journal,
                clock,
                name -> names.getOrDefault(name, new NameData.Answer(List.of(name), List.of())),
                () -> LATTICE,
                seal,
                address -> address.getHostAddress().equals(SITE_IN_THE_LAB),
                credential,
                interception);
        started.start();
        service = started;
        return this;
    }

    GatewayService service() {
        return Objects.requireNonNull(service);
    }

    InetSocketAddress address() {
        return Objects.requireNonNull(service).listeners().get(0).socket();
    }

    /** What it would make of an access that the rules allow. */
    Decision foresee(Access access) {
        return Objects.requireNonNull(service).foresee(access, ScriptedPolicy.allow("test"));
    }

    /** A listener whose connections are taken as caught on their way to a lab address and port; in its place no firewall is needed. */
    InetSocketAddress caughtTowards(String labAddress, int labPort) throws Service.StartException {
        GatewayService beside = Objects.requireNonNull(service);
        InetSocketAddress meant = new InetSocketAddress(Addresses.parse(labAddress), labPort);
        InetSocketAddress own = new InetSocketAddress(Addresses.parse("10.76.0.1"), 0);
        return (InetSocketAddress) transport
                .listen("caught", AddressPlan.loopback(0, List.of()), own, new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        beside.reception()
                                .receive(
                                        channel,
                                        (desk, terminal) -> channel.pipeline()
                                                .addLast(new Caught(beside.gateway(), desk, terminal, meant)),
                                        Wire::close);
                    }
                })
                .localAddress();
    }

    Client client() throws IOException {
        return Client.from(TERMINAL, address());
    }

    @Override
    public void close() {
        if (service != null) {
            service.stop();
        }
        transport.close();
    }
}
