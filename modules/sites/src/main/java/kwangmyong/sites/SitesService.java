package kwangmyong.sites;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.net.tls.Authority;
import kwangmyong.sites.SitesConfig.SiteConfig;
import kwangmyong.sites.page.Place;
import kwangmyong.web.http.Site;
import kwangmyong.web.server.Hosts;
import kwangmyong.web.server.WebRuntime;
import kwangmyong.web.server.WebServer;
import kwangmyong.web.server.WebServer.Binding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every site of the lab, each at its own addresses on ports 80 and 443, told apart by host where several share one. Catalogues open
 * in the background once the lab has settled, and index themselves on the first start; only a search waits for that.
 */
public final class SitesService implements Service {
    /** The ports that sites listen on. */
    public static final int HTTP = 80;

    public static final int HTTPS = 443;

    private static final Logger LOG = LoggerFactory.getLogger(SitesService.class);
    private static final long STOP_WITHIN_SECONDS = 5;

    private final SitesConfig config;
    private final Path state;
    private final AddressPlan plan;
    private final WebRuntime runtime;
    private final SiteKeys keys;
    private final AskerSeal seal;
    private final LabClock clock;
    private final @Nullable Path tokens;
    private final List<Place> places = new ArrayList<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable ExecutorService background;
    private @Nullable WebServer server;

    /**
     * @param state a folder of this service's own, for the indexes of catalogues
     * @param garden signs the certificates of the sites inside
     * @param world signs those of the sites outside
     * @param seal the gateway's, by which the sites inside know who asks
     */
    public SitesService(
            SitesConfig config,
            Path state,
            AddressPlan plan,
            WebRuntime runtime,
            Authority garden,
            Authority world,
            AskerSeal seal,
            LabClock clock) {
        this(config, state, plan, runtime, garden, world, seal, clock, null);
    }

    /** @param tokens what probes find at the hosts of the world while that folder is there; null for never */
    public SitesService(
            SitesConfig config,
            Path state,
            AddressPlan plan,
            WebRuntime runtime,
            Authority garden,
            Authority world,
            AskerSeal seal,
            LabClock clock,
            @Nullable Path tokens) {
        this.config = config;
        this.tokens = tokens;
        this.state = state;
        this.plan = plan;
        this.runtime = runtime;
        this.keys = new SiteKeys(config, garden, world);
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sites";
    }

    @Override
    public void start() throws StartException {
        ExecutorService builder = Executors.newSingleThreadExecutor(SitesService::thread);
        background = builder;
        builder.execute(this::awaitSettled);
        try {
            Map<InetAddress, HostNames<Site>> byAddress = byAddress(new Sites(config, state, runtime, builder));
            server = WebServer.open("A site", runtime, plan, bindings(byAddress), keys);
            builder.execute(this::prepareKeys);
        } catch (StartException | RuntimeException failed) {
            stop();
            throw failed;
        }
    }

    private Map<InetAddress, HostNames<Site>> byAddress(Sites sites) throws StartException {
        Map<InetAddress, HostNames<Site>> byAddress = new LinkedHashMap<>();
        ProbeGround probed = new ProbeGround(tokens, runtime, config.seed());
        for (SiteConfig one : config.sites()) {
            Place place = sites.open(one);
            places.add(place);
            Site site = new Gatehouse(place, one.isWorld() ? probed : null, seal, clock);
            for (InetAddress address : one.address()) {
                HostNames<Site> hosts = byAddress.computeIfAbsent(address, at -> new HostNames<>());
                one.hosts().forEach(host -> hosts.put(host, site));
            }
        }
        return byAddress;
    }

    private List<Binding> bindings(Map<InetAddress, HostNames<Site>> byAddress) {
        List<Binding> bindings = new ArrayList<>();
        byAddress.forEach((address, sites) -> {
            // On 127/8 all IPv6 addresses would be the one ::1; there the sites are reached over IPv4.
            if (!plan.isLoopback() || address.getAddress().length == 4) {
                Hosts hosts = HostNames.hosts(sites);
                bindings.add(new Binding(new InetSocketAddress(address, HTTP), false, hosts));
                bindings.add(new Binding(new InetSocketAddress(address, HTTPS), true, hosts));
            }
        });
        return bindings;
    }

    @Override
    public void settle() {
        settled.countDown();
    }

    private void awaitSettled() {
        try {
            settled.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepareKeys() {
        try {
            keys.prepare(config);
        } catch (RuntimeException unkept) {
            LOG.warn("certificates of sites: {}", unkept.getMessage(), unkept);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "kwm-sites");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void stop() {
        WebServer open = server;
        if (open != null) {
            open.close();
            server = null;
        }
        places.forEach(Place::close);
        places.clear();
        settled.countDown();
        ExecutorService working = background;
        if (working != null) {
            working.shutdown();
            awaitEnd(working);
            background = null;
        }
    }

    private static void awaitEnd(ExecutorService working) {
        try {
            if (!working.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("an index is still being made; it is left to end by itself");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Listener> listeners() {
        WebServer open = server;
        return open == null ? List.of() : open.listeners();
    }
}
