package kwangmyong.dns;

import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.dns.zone.ZoneLoader;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authoritative name server. Answers are decided for each terminal by the policy; the zones are the same for all. */
public final class DnsService implements Service {
    private static final Logger log = LoggerFactory.getLogger(DnsService.class);

    private final DnsConfig config;
    private final Transport transport;
    private final AddressPlan plan;
    private final Answering.Ports ports;
    private final @Nullable Authority authority;
    private final ServedZones served;
    private final Notifier notifier;
    private final SecondaryZones secondaries;
    private DnsConfig latest;
    private ZoneSet files = ZoneSet.EMPTY;
    private final AtomicLong changes = new AtomicLong();
    private AccessPolicy.@Nullable Subscription subscription;
    private @Nullable DnsSockets sockets;

    public DnsService(
            DnsConfig config,
            Transport transport,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock) {
        this(config, transport, plan, policy, sessions, journal, clock, null);
    }

    /** @param authority issues what DNS over TLS and over HTTPS show; null where neither is configured */
    public DnsService(
            DnsConfig config,
            Transport transport,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock,
            @Nullable Authority authority) {
        this.config = config;
        this.authority = authority;
        this.transport = transport;
        this.plan = plan;
        this.notifier = new Notifier(config.transfers(), plan, journal, clock);
        this.served = new ServedZones(clock, notifier::tell);
        this.secondaries = new SecondaryZones(config.transfers(), plan, journal, clock, this::takenFromElsewhere);
        this.latest = config;
        this.ports = new Answering.Ports(
                this::zones, new ServerCookies(), plan, policy, sessions, journal, clock, secondaries::wake);
    }

    /**
     * Reads the zones and says what is wrong with them; nothing is served.
     *
     * @throws ZoneLoadException with every fault of every zone
     */
    public static void check(DnsConfig config) throws ZoneLoadException {
        load(config);
    }

    /**
     * Reads the zones as data, without serving them.
     *
     * @throws ZoneLoadException with every fault of every zone
     */
    public static NameData names(DnsConfig config) throws ZoneLoadException {
        ZoneSet read = load(config);
        return new ZoneNames(() -> read);
    }

    private static ZoneSet load(DnsConfig config) throws ZoneLoadException {
        ZoneLoader loader = new ZoneLoader();
        for (DnsConfig.ZoneSource source : config.zones()) {
            loader.load(source.origin(), source.file());
        }
        if (!loader.faults().isEmpty()) {
            throw new ZoneLoadException(loader.faults());
        }
        return loader.zones();
    }

    @Override
    public String name() {
        return "dns";
    }

    /** Loads the zones, unless {@link #reload} has done so, and opens the listeners. A fault in a zone is the cause, as {@link ZoneLoadException}. */
    @Override
    public synchronized void start() throws StartException {
        if (sockets != null) {
            return;
        }
        if (zones() == ZoneSet.EMPTY) {
            try {
                secondaries.open();
                serve(load(config), config);
            } catch (ZoneLoadException faulty) {
                throw new StartException(String.valueOf(faulty.getMessage()), faulty);
            } catch (IOException unusable) {
                throw new StartException("DNS cannot keep its secondary zones: " + unusable.getMessage(), unusable);
            }
        }
        DnsSockets opening = new DnsSockets(transport, plan, config.limits(), answering(null), changes);
        if (subscription == null) {
            subscription = ports.policy().onChange(changes::incrementAndGet);
        }
        try {
            for (InetSocketAddress address : config.listen()) {
                opening.open(address);
            }
            for (DnsConfig.Resolver resolver : config.resolvers()) {
                opening.open(resolver.listen(), answering(resolver));
            }
            encrypted(opening);
        } catch (StartException failed) {
            opening.close();
            unsubscribe();
            throw failed;
        }
        sockets = opening;
        served.watch();
        notifier.tell(ZoneSet.EMPTY, zones());
        secondaries.start();
    }

    /** Serves what the files have and, where they have no such zone, what came from elsewhere. */
    private synchronized void serve(ZoneSet fromFiles, DnsConfig changed) throws ZoneLoadException {
        List<Zone> all = new ArrayList<>(fromFiles.zones());
        for (Zone zone : secondaries.served()) {
            if (all.stream()
                    .noneMatch(other -> other.apex().text().equals(zone.apex().text()))) {
                all.add(zone);
            }
        }
        served.serve(new ZoneSet(all), changed);
        files = fromFiles;
        latest = changed;
    }

    private synchronized void takenFromElsewhere() {
        ZoneSet before = zones();
        try {
            serve(files, latest);
            notifier.tell(before, zones());
        } catch (ZoneLoadException unsigned) {
            log.error("Zones from elsewhere could not be taken", unsigned);
        }
    }

    /** One for each thread that asks for it. */
    private Supplier<Answering> answering(DnsConfig.@Nullable Resolver resolver) {
        FastThreadLocal<Answering> each = new FastThreadLocal<>() {
            @Override
            protected Answering initialValue() {
                return new Answering(config, ports, resolver);
            }
        };
        return each::get;
    }

    private void encrypted(DnsSockets opening) throws StartException {
        DnsConfig.Encrypted encrypted = config.encrypted();
        List<InetSocketAddress> all = new ArrayList<>(encrypted.tls().listen());
        all.addAll(encrypted.https().listen());
        if (all.isEmpty()) {
            return;
        }
        ServerCredential credential = credential(encrypted.names(), all);
        opening.openTls(encrypted.tls(), credential);
        opening.openHttps(encrypted.https(), credential);
    }

    /** For its names and addresses, as they are in the lab and as sockets, so that a client who goes by address can check it too. */
    private ServerCredential credential(List<String> names, List<InetSocketAddress> listen) throws StartException {
        if (authority == null) {
            throw new IllegalStateException("encrypted listeners without an authority for their certificate");
        }
        List<InetAddress> addresses = listen.stream()
                .flatMap(address -> Stream.of(address.getAddress(), plan.socket(address.getAddress())))
                .distinct()
                .toList();
        try {
            return authority.issue("dns", names, addresses);
        } catch (IOException unusable) {
            throw new StartException("DNS cannot keep its certificate: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public synchronized void stop() {
        if (sockets != null) {
            sockets.close();
            sockets = null;
            served.stop();
            notifier.stop();
            secondaries.stop();
        }
        unsubscribe();
    }

    private void unsubscribe() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }

    @Override
    public synchronized List<Listener> listeners() {
        return sockets == null ? List.of() : sockets.listeners();
    }

    /**
     * Serves the zones of {@code changed} from now on; each query sees all the old ones or all the new. A zone whose file has faults stays as it was, or
     * stays away where it is new; the others are taken. Listeners, limits and keys stay as they are until the next start. Reads the disk: not for an
     * event loop.
     *
     * @return what is wrong with the zones that were not taken; empty when all were
     * @throws ZoneLoadException when zones cannot be signed; the old ones are served on, all of them
     */
    public List<ZoneFault> reload(DnsConfig changed) throws ZoneLoadException {
        ZoneLoader loader = new ZoneLoader();
        ZoneSet before = files();
        for (DnsConfig.ZoneSource source : changed.zones()) {
            if (!loader.load(source.origin(), source.file(), before)) {
                kept(source.origin(), loader.faults().get(loader.faults().size() - 1));
            }
        }
        ZoneSet old = zones();
        serve(loader.zones(), changed);
        notifier.tell(old, zones());
        return loader.faults();
    }

    private void kept(String origin, ZoneFault last) {
        log.warn("the zone {} has faults and stays as it was: {}", origin, last);
        ports.journal()
                .record(new Event(ports.clock().now(), Layer.DNS, null, "zone-kept", origin, null, last.toString(), 0));
    }

    /** The zones' names as data, always those in force. */
    public NameData names() {
        return new ZoneNames(this::zones);
    }

    private synchronized ZoneSet files() {
        return files;
    }

    private ZoneSet zones() {
        return served.zones();
    }
}
