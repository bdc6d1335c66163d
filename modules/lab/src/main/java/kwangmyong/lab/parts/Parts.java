package kwangmyong.lab.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kwangmyong.access.Controller;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.DnsService;
import kwangmyong.gateway.GatewayConfig;
import kwangmyong.gateway.GatewayService;
import kwangmyong.gateway.Interception;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.MailSection;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.mail.MailService;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.net.tls.Trust;
import kwangmyong.sites.SitesConfig;
import kwangmyong.sites.SitesService;
import kwangmyong.web.server.WebRuntime;

/**
 * Makes the services that may run in the controller's process or in one of their own, by what a lab declares.
 *
 * @param controller in this process, or a replica of one elsewhere
 * @param listen where a service listens instead of where the lab says; empty for there. What is encrypted is then left out of the name server
 */
public record Parts(
        LabDeclaration declaration,
        StateFolder state,
        AddressPlan plan,
        Transport transport,
        Controller controller,
        LabClock clock,
        Authorities authorities,
        List<InetAddress> listen) {
    public Parts {
        listen = List.copyOf(listen);
    }

    /**
     * The name server.
     *
     * @throws StartException when the secret of a key between servers cannot be used
     */
    public DnsService dns() throws StartException {
        DnsConfig config =
                ServiceConfigs.dns(declaration, state).withTransfers(ServiceConfigs.transfers(declaration, state));
        return new DnsService(
                listen.isEmpty() ? config : elsewhere(config),
                transport,
                plan,
                controller,
                controller.sessions(),
                controller.journal(),
                clock,
                authorities.garden());
    }

    /** What the name server of this process serves, for a reload. */
    public DnsConfig dnsConfig() {
        DnsConfig config = ServiceConfigs.dns(declaration, state);
        return listen.isEmpty() ? config : elsewhere(config);
    }

    private DnsConfig elsewhere(DnsConfig config) {
        return new DnsConfig(
                Addressing.each(listen, declaration.dns().port()),
                config.zones(),
                config.limits(),
                config.sinkholeTtl(),
                config.nsid(),
                DnsConfig.Encrypted.NONE,
                config.cookies(),
                config.keys(),
                List.of(),
                config.transfers());
    }

    public GatewayService gateway(NameData names, AskerSeal seal) throws IOException {
        GatewayConfig config = ServiceConfigs.gateway(declaration, state);
        if (!listen.isEmpty()) {
            InetAddress here = listen.get(0);
            config = config.withListen(
                            new InetSocketAddress(here, declaration.gateway().proxy()))
                    .withTls(new InetSocketAddress(here, declaration.gateway().tls()));
        }
        return new GatewayService(
                config,
                transport,
                plan,
                controller,
                controller.sessions(),
                controller.journal(),
                clock,
                names,
                () -> controller.snapshot().policy().lattice(),
                seal,
                insideSites()::contains,
                gatewayCredential(),
                interception());
    }

    /**
     * The mail server.
     *
     * @throws UsageException when the lab has no mail
     */
    public MailService mail() {
        MailSection mail = declaration.mail();
        if (mail == null) {
            throw new UsageException("the lab " + declaration.name() + " has no mail");
        }
        return new MailService(
                ServiceConfigs.mail(declaration, listen.isEmpty() ? mail : mail.at(listen), plan.isLoopback()),
                transport,
                plan,
                controller,
                controller.sessions(),
                controller.journal(),
                clock,
                authorities.garden(),
                state.mail());
    }

    /**
     * Empty where the lab has no sites.
     *
     * @throws UsageException when they are to be elsewhere
     */
    public Optional<SitesService> sites(WebRuntime pages, AskerSeal seal) {
        if (!listen.isEmpty()) {
            throw new UsageException("--listen is not for sites: each is at its own addresses");
        }
        // Where packets are real, what is outside is elsewhere.
        return Declared.sites(declaration)
                .map(sites -> plan.isLoopback() ? sites : sites.inside())
                .map(sites -> new SitesService(
                        sites, state.sites(), plan, pages, authorities.garden(), authorities.world(), seal, clock));
    }

    /** The addresses of sites that are told who asks: those inside, and the portal. */
    private Set<InetAddress> insideSites() {
        Set<InetAddress> inside = new HashSet<>(declaration.portal().listen());
        Declared.sites(declaration)
                .ifPresent(config -> config.sites().stream()
                        .filter(site -> site.kind() != SitesConfig.Kind.WORLD)
                        .forEach(site -> inside.addAll(site.address())));
        return inside;
    }

    /** What the proxy over TLS shows: its name, and its addresses as the lab knows them and as sockets have them. */
    private ServerCredential gatewayCredential() throws IOException {
        List<InetAddress> here = listen.isEmpty() ? declaration.gateway().listen() : listen;
        Set<InetAddress> addresses = new LinkedHashSet<>(here);
        here.forEach(address -> addresses.add(plan.socket(address)));
        return authorities.garden().issue("gateway", List.of("proxy.kp"), List.copyOf(addresses));
    }

    /** Certificates by the authority for pretending, towards hosts that the other two vouch for. */
    private Interception interception() {
        Trust trust = new Trust(
                List.of(authorities.garden().certificate(), authorities.world().certificate()));
        return new Interception(
                authorities.interception(), trust, () -> controller.snapshot().policy());
    }
}
