package kwangmyong.lab.world;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.DnsSection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.Undo;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.sites.SitesConfig;
import kwangmyong.sites.SitesService;
import kwangmyong.web.server.WebRuntime;

/** The world, put together: its sites and its name server, open to whoever comes. */
final class WorldServer implements AutoCloseable {
    private final StateFolder state;
    private final RunningClock clock;
    private final Undo undo = new Undo();
    private final List<Service> services = new ArrayList<>();
    private final DnsService names;
    private final int zones;

    private WorldServer(LabDeclaration declaration, StateFolder state) throws StartException {
        this.state = state;
        this.zones = worldZones(declaration).size();
        this.clock = RunningClock.of(declaration);
        try {
            this.names = new DnsService(
                    dns(declaration, state),
                    undo.add(Transport.best(1)),
                    AddressPlan.real(),
                    Outside.POLICY,
                    Outside.SESSIONS,
                    Outside.JOURNAL,
                    clock);
            services.add(names);
            Optional<SitesConfig> sites = Declared.sites(declaration).map(SitesConfig::world);
            if (sites.isPresent()) {
                Authority authority = Authority.open(state.keys(), Authorities.WORLD, Authorities.WORLD_TITLE);
                services.add(new SitesService(
                        sites.get(),
                        state.sites(),
                        AddressPlan.real(),
                        undo.add(new WebRuntime(clock)),
                        authority,
                        authority,
                        AskerSeal.withFreshKey(),
                        clock,
                        state.tokens()));
            }
        } catch (IOException unusable) {
            undo.close();
            throw new StartException(
                    "cannot use the world's state in " + state.root() + ": " + unusable.getMessage(), unusable);
        }
    }

    /**
     * Starts it; when it returns, every listener answers.
     *
     * @throws StartException when a part of it cannot start; nothing stays open then
     */
    static WorldServer start(LabDeclaration declaration, StateFolder state) throws StartException {
        var world = new WorldServer(declaration, state);
        try {
            for (Service service : world.services) {
                service.start();
                world.undo.add(service::stop);
            }
            return world;
        } catch (StartException | RuntimeException failed) {
            world.close();
            throw failed;
        }
    }

    /**
     * Takes the zones as they are written now. A zone with faults stays as it was, which is said where it is served inside as well; sites wait for the
     * next start.
     */
    void reload(LabDeclaration declaration) throws IOException, ZoneLoadException {
        names.reload(dns(declaration, state));
    }

    /** Moves the clock, if that is forward. */
    void moveClock(Instant target) {
        if (target.isAfter(clock.now())) {
            clock.moveTo(target);
        }
    }

    private static List<DnsSection.Zone> worldZones(LabDeclaration declaration) {
        return declaration.dns().zones().stream().filter(DnsSection.Zone::world).toList();
    }

    /** The world's zones as they are written, below a root. Nothing is signed: a chain of trust would end at that root. */
    private static DnsConfig dns(LabDeclaration declaration, StateFolder state) throws IOException {
        List<DnsConfig.ZoneSource> sources = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (DnsSection.Zone zone : worldZones(declaration)) {
            sources.add(new DnsConfig.ZoneSource(zone.name(), zone.file(), true));
            names.add(zone.name());
        }
        Files.createDirectories(state.rootZone().resolveSibling("."));
        Files.writeString(
                state.rootZone(), RootZone.text(names, declaration.network().worldNames()));
        sources.add(new DnsConfig.ZoneSource(".", state.rootZone(), true));
        return new DnsConfig(
                Addressing.each(declaration.network().worldNames(), RootZone.PORT),
                sources,
                DnsConfig.Limits.DEFAULT,
                DnsConfig.SINKHOLE_TTL,
                "world");
    }

    /** Has every service do what it left for later. */
    void settle() {
        services.forEach(Service::settle);
    }

    /** One line for a person. */
    String summary() {
        long listeners = services.stream()
                .mapToLong(service -> service.listeners().size())
                .sum();
        return "the world: " + zones + " zones, " + listeners + " listeners";
    }

    @Override
    public void close() {
        undo.close();
    }
}
