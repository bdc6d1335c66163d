package kwangmyong.portal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kwangmyong.kernel.service.Service;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.Hosts;
import kwangmyong.web.server.WebRuntime;
import kwangmyong.web.server.WebServer;
import kwangmyong.web.server.WebServer.Binding;
import org.jspecify.annotations.Nullable;

/** The captive portal: log-in, log-out, what one may reach, what was denied; connectivity checks; RFC 8908. */
public final class PortalService implements Service {
    private final PortalConfig config;
    private final PortalPorts ports;
    private final WebRuntime runtime;
    private final HostKeys keys;
    private final @Nullable Mounted programs;
    private volatile @Nullable WebServer server;

    /**
     * A portal, not yet open.
     *
     * @param keys the key of the portal's host, also for clients that name no host; {@link HostKeys#NONE} for no HTTPS
     * @param programs what operators' programs speak to; null without
     */
    public PortalService(
            PortalConfig config, PortalPorts ports, WebRuntime runtime, HostKeys keys, @Nullable Mounted programs) {
        this.config = config;
        this.ports = ports;
        this.runtime = runtime;
        this.keys = keys;
        this.programs = programs;
    }

    /** A portal for subjects alone. */
    public PortalService(PortalConfig config, PortalPorts ports, WebRuntime runtime, HostKeys keys) {
        this(config, ports, runtime, keys, null);
    }

    /**
     * What answers below a path in the portal's place.
     *
     * @param prefix begins and ends with a slash
     */
    public record Mounted(String prefix, Site site) {}

    @Override
    public String name() {
        return "portal";
    }

    @Override
    public void start() throws StartException {
        Site portal = new PortalSite(config, ports);
        Hosts hosts = Hosts.all(
                programs == null
                        ? portal
                        : new FrontDoor(config.captive().portalHost(), portal, programs.prefix(), programs.site()));
        Hosts denied = Hosts.all(new SinkholeSite(config, ports));
        List<Binding> bindings = new ArrayList<>();
        Set<InetAddress> taken =
                new HashSet<>(); // in loopback mode all of IPv6 is one address, and that is the portal's
        for (InetAddress address : config.captive().addresses()) {
            taken.add(ports.plan().socket(address));
            bind(bindings, address, hosts);
        }
        for (InetAddress address : config.sinkholes()) {
            if (taken.add(ports.plan().socket(address))) {
                bind(bindings, address, denied);
            }
        }
        server = WebServer.open("The portal", runtime, ports.plan(), bindings, keys);
    }

    private void bind(List<Binding> bindings, InetAddress address, Hosts hosts) {
        bindings.add(new Binding(new InetSocketAddress(address, config.httpPort()), false, hosts));
        if (keys != HostKeys.NONE) {
            bindings.add(new Binding(new InetSocketAddress(address, config.httpsPort()), true, hosts));
        }
    }

    @Override
    public void stop() {
        WebServer open = server;
        if (open != null) {
            open.close();
            server = null;
        }
    }

    @Override
    public List<Listener> listeners() {
        WebServer open = server;
        return open == null ? List.of() : open.listeners();
    }
}
