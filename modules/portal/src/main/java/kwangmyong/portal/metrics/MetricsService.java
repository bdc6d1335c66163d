package kwangmyong.portal.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.Hosts;
import kwangmyong.web.server.WebRuntime;
import kwangmyong.web.server.WebServer;
import kwangmyong.web.server.WebServer.Binding;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and health over HTTP. Answers to the addresses it listens on and to {@code localhost}, and to no other name, so that no page of somebody's that
 * has its name lead here can read them.
 */
public final class MetricsService implements Service {
    private final MetricsConfig config;
    private final AddressPlan plan;
    private final MetricsPorts ports;
    private final WebRuntime runtime;
    private volatile @Nullable WebServer server;
    private @Nullable MetricsSite site;

    public MetricsService(MetricsConfig config, AddressPlan plan, MetricsPorts ports, WebRuntime runtime) {
        this.config = config;
        this.plan = plan;
        this.ports = ports;
        this.runtime = runtime;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public void start() throws StartException {
        MetricsSite opening = new MetricsSite(config.title(), new Vitals(ports), runtime);
        Map<String, Site> hosts = new HashMap<>(Map.of("localhost", opening));
        for (InetAddress address : config.listen()) {
            hosts.put(Addresses.text(plan.lab(address)), opening);
            hosts.put(Addresses.text(address), opening);
        }
        List<Binding> bindings = config.listen().stream()
                .map(address ->
                        new Binding(new InetSocketAddress(address, config.port()), false, new Hosts(hosts, null)))
                .toList();
        site = opening;
        server = WebServer.open("The page of numbers", runtime, plan, bindings, HostKeys.NONE);
    }

    @Override
    public void stop() {
        WebServer open = server;
        if (open != null) {
            open.close();
            server = null;
        }
        if (site != null) {
            site.close();
            site = null;
        }
    }

    @Override
    public List<Listener> listeners() {
        WebServer open = server;
        return open == null ? List.of() : open.listeners();
    }
}
