package kwangmyong.lab.running;

import java.io.IOException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.util.List;
import java.util.function.Supplier;
import kwangmyong.access.AccessController;
import kwangmyong.api.ApiSite;
import kwangmyong.console.ConsoleService;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.forward.Gateway;
import kwangmyong.console.guest.GuestPorts;
import kwangmyong.gateway.GatewayService;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.portal.PortalPorts;
import kwangmyong.portal.PortalService;
import kwangmyong.portal.RecentDenials;
import kwangmyong.portal.metrics.MetricsPorts;
import kwangmyong.portal.metrics.MetricsService;
import kwangmyong.portal.room.RoomPorts;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.WebRuntime;

/**
 * What people and programs see of a lab that runs: the portal with the supervisor's room and the API, the console, numbers and health.
 *
 * @param zones what names there are
 * @param seal by which the portal is told who asks
 * @param transport whose numbers are shown
 */
record Surfaces(
        Ground ground,
        Lab lab,
        Records records,
        NameData zones,
        GatewayService gateway,
        AskerSeal seal,
        Transport transport,
        WebRuntime pages) {

    /** The portal, and the API on its hosts. */
    PortalService portal(Authorities authorities) throws StartException {
        LabDeclaration declaration = ground.declaration();
        AccessController access = lab.access();
        ApiSite programs = ground.undo()
                .add(new ApiSite(ServiceConfigs.api(declaration, ground.plan()), OperatorPorts.api(lab, seal)));
        return new PortalService(
                ServiceConfigs.portal(declaration, ground.plan()),
                new PortalPorts(
                        ground.plan(),
                        access.sessions(),
                        access,
                        () -> access.snapshot().policy(),
                        zones,
                        RecentDenials.from(access.operations()),
                        records.book(),
                        gateway::octetsLeft,
                        RoomPorts.of(
                                access.operations(),
                                lab.operators(),
                                records.book(),
                                access.journal(),
                                ground.clock(),
                                pages::onWorker),
                        access.journal(),
                        ground.clock(),
                        seal),
                pages,
                portalKeys(authorities),
                new PortalService.Mounted(ApiSite.PREFIX, programs));
    }

    private HostKeys portalKeys(Authorities authorities) throws StartException {
        LabDeclaration.PortalSection portal = ground.declaration().portal();
        try {
            ServerCredential credential = authorities.garden().issue("portal", List.of(portal.host()), portal.listen());
            var entry = new PrivateKeyEntry(
                    credential.privateKey(), credential.chain().toArray(Certificate[]::new));
            return host -> entry;
        } catch (IOException unusable) {
            throw ground.stateUnusable(unusable);
        }
    }

    ConsoleService console() {
        return new ConsoleService(
                ServiceConfigs.console(ground.declaration(), ground.state()),
                ground.plan(),
                lab.access().operations(),
                new CommandInterpreter(OperatorPorts.of(lab)),
                lab.operators(),
                lab.access().journal(),
                ground.clock(),
                guests(),
                ground.declaration().console().forwards() ? onwards() : null);
    }

    private Gateway onwards() {
        return new Gateway(ground.plan().socket(Addressing.gateway(ground.declaration())), gateway::introduce);
    }

    private GuestPorts guests() {
        AccessController access = lab.access();
        return new GuestPorts(
                access.entrance(),
                access.operations(),
                access.sessions(),
                access,
                () -> access.snapshot().policy(),
                zones,
                records.book(),
                ground.plan(),
                ground.clock(),
                ground.declaration().timeZone(),
                ground.state().sshSessions());
    }

    /** @param services whose numbers and health are shown */
    MetricsService metrics(Supplier<List<Service>> services) {
        return new MetricsService(
                ServiceConfigs.metrics(ground.declaration()),
                ground.plan(),
                new MetricsPorts(
                        services,
                        () -> Vitals.health(records.journal(), records.store()),
                        () -> Vitals.readings(records.journal(), records.store(), lab.access(), transport, pages),
                        records.tally(),
                        ground.clock()),
                pages);
    }
}
