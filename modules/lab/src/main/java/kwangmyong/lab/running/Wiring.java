package kwangmyong.lab.running;

import java.io.IOException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.AccessController;
import kwangmyong.access.book.GuestBook;
import kwangmyong.access.journal.ChainFolder;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.remote.ControllerService;
import kwangmyong.access.remote.RemoteLimits;
import kwangmyong.access.store.Store;
import kwangmyong.access.token.TokenLedger;
import kwangmyong.access.watch.Watching;
import kwangmyong.api.ApiSite;
import kwangmyong.border.BorderService;
import kwangmyong.border.Junction;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.border.link.Links;
import kwangmyong.console.ConsoleService;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.gateway.GatewayService;
import kwangmyong.gateway.TransparentConfig;
import kwangmyong.gateway.TransparentService;
import kwangmyong.isolation.Crossing;
import kwangmyong.isolation.IsolationService;
import kwangmyong.isolation.World;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.OpeningStore;
import kwangmyong.lab.parts.Parts;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.lab.parts.ServicePasses;
import kwangmyong.lab.parts.Undo;
import kwangmyong.lab.process.RunFile;
import kwangmyong.mail.MailService;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.portal.PortalPorts;
import kwangmyong.portal.PortalService;
import kwangmyong.portal.RecentDenials;
import kwangmyong.portal.metrics.DecisionTally;
import kwangmyong.portal.metrics.MetricsPorts;
import kwangmyong.portal.metrics.MetricsService;
import kwangmyong.portal.room.RoomPorts;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lab, put together: every part in order, each given what it needs by its constructor. */
public final class Wiring {
    /** One for each processor of a small machine; a lab serves a classroom. More than there are would share what each remembers of answers in vain. */
    private static final int EVENT_LOOPS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private final LabDeclaration declaration;
    private final StateFolder state;
    private final RunFile.Mode mode;
    private final AddressPlan plan;
    private final RunningClock clock;
    private final Undo undo;
    private final Set<String> only;
    private final List<Service> together = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();

    private Wiring(
            LabDeclaration declaration, StateFolder state, RunFile.Mode mode, int offset, Set<String> only, Undo undo) {
        this.declaration = declaration;
        this.state = state;
        this.mode = mode;
        this.plan = Addressing.plan(declaration, mode, offset);
        this.undo = undo;
        this.only = Set.copyOf(only);
        Instant start = declaration.clock().start();
        this.clock = new RunningClock(
                start == null ? Instant.now() : start,
                declaration.clock().speed().doubleValue());
    }

    /**
     * Starts a lab.
     *
     * @param only the services of this process by name; empty for all
     * @param authorities being opened already
     * @param store as well
     * @throws StartException when a part of it cannot start; nothing stays open then
     */
    public static Lab start(
            LabFolder folder,
            LabDeclaration declaration,
            StateFolder state,
            RunFile.Mode mode,
            int offset,
            Set<String> only,
            Future<Authorities> authorities,
            Future<Store> store)
            throws StartException {
        Undo undo = new Undo();
        try {
            return new Wiring(declaration, state, mode, offset, only, undo).connect(folder, authorities, store);
        } catch (StartException | RuntimeException failed) {
            undo.close();
            OpeningStore.giveBack(store);
            throw failed;
        }
    }

    private Lab connect(LabFolder folder, Future<Authorities> opening, Future<Store> storing) throws StartException {
        Authorities authorities = opened(opening);
        IsolationService isolation = isolation(folder, authorities);
        Closed closed = isolation == null ? null : undo.add(Closed.watch(isolation));
        JournalFile journal = journal();
        DecisionTally tally = new DecisionTally(journal);
        GuestBook book = new GuestBook(tally, new JournalReader(JournalConfig.under(state.root())), clock);
        Store store = undo.add(OpeningStore.await(storing));
        var names = new AtomicReference<>(NameData.NONE);
        AccessController access = new AccessController(
                declaration.policy(),
                ServiceConfigs.access(declaration),
                clock,
                book,
                store,
                name -> Objects.requireNonNull(names.get()).addresses(name));
        access.start();
        undo.add(access::stop);
        Transport transport = undo.add(Transport.best(EVENT_LOOPS));
        Parts parts = new Parts(declaration, state, plan, transport, access, clock, authorities, List.of());
        DnsService dns = parts.dns();
        NameData zones = isHere("dns") ? dns.names() : written();
        names.set(zones);
        together.add(dns);
        AskerSeal seal = seal();
        GatewayService gateway = gateway(parts, zones, seal);
        access.foresee(gateway::foresee);
        together.add(gateway);
        if (!plan.isLoopback()) {
            var how = mode == RunFile.Mode.ISOLATED ? TransparentConfig.How.TPROXY : TransparentConfig.How.REDIRECT;
            together.add(new TransparentService(Isolation.transparent(declaration, how), gateway, transport));
        }
        HeldMail heldMail = HeldMail.NONE;
        if (declaration.mail() != null) {
            MailService mail = parts.mail();
            heldMail = mail.heldMail();
            together.add(mail);
        }
        WebRuntime pages = undo.add(new WebRuntime(clock));
        parts.sites(pages, seal).ifPresent(together::add);
        BorderService border = isolation == null ? null : border(isolation, access);
        DeclaredOperators operators = new DeclaredOperators(declaration);
        TokenLedger tokens = undo.add(
                new TokenLedger(state.operators(), operators, InstantSource.system(), clock, access.journal()));
        Lab lab = new Lab(
                folder,
                declaration,
                state,
                plan,
                clock,
                access,
                journal,
                store,
                operators,
                tokens,
                book,
                heldMail,
                dns,
                closed,
                border,
                services,
                undo);
        ApiSite programs = undo.add(new ApiSite(ServiceConfigs.api(declaration, plan), OperatorPorts.api(lab, seal)));
        together.add(new PortalService(
                ServiceConfigs.portal(declaration, plan),
                new PortalPorts(
                        plan,
                        access.sessions(),
                        access,
                        () -> access.snapshot().policy(),
                        zones,
                        RecentDenials.from(access.operations()),
                        book,
                        gateway::octetsLeft,
                        RoomPorts.of(access.operations(), operators, book, access.journal(), clock, pages::onWorker),
                        access.journal(),
                        clock,
                        seal),
                pages,
                portalKeys(authorities),
                new PortalService.Mounted(ApiSite.PREFIX, programs)));
        together.add(new ConsoleService(
                ServiceConfigs.console(declaration, state),
                plan,
                access.operations(),
                new CommandInterpreter(OperatorPorts.of(lab)),
                operators,
                access.journal(),
                clock));
        together.add(new MetricsService(
                ServiceConfigs.metrics(declaration),
                plan,
                new MetricsPorts(
                        () -> List.copyOf(together),
                        () -> Vitals.health(journal),
                        () -> Vitals.readings(journal, access, transport, pages),
                        tally,
                        clock),
                pages));
        controller(access, transport, seal).ifPresent(together::add);
        together.removeIf(service -> !service.name().equals("controller") && !isHere(service.name()));
        startTogether();
        sameTime(isolation);
        recall(book);
        watch(access, journal);
        return lab;
    }

    /** Who looks as if they were trying to get round it: what was written lately, and then every line. Beside everything else as well. */
    private void watch(AccessController access, JournalFile journal) {
        Watching watching = Watch.over(declaration);
        access.watchBy(() -> watching.scores(clock.now()));
        Thread looking = new Thread(
                () -> {
                    try {
                        watching.lookBack(new JournalReader(JournalConfig.under(state.root())));
                    } catch (IOException unreadable) {
                        log.warn("the watch begins anew: {}", unreadable.getMessage());
                    }
                    journal.showTo(watching);
                },
                "kwm-watch");
        looking.setDaemon(true);
        looking.start();
    }

    /** The day's bills, beside everything else: nobody waits for them. */
    private static void recall(GuestBook book) {
        Thread reading = new Thread(
                () -> {
                    try {
                        book.recall();
                    } catch (IOException unreadable) {
                        log.warn("the bills of the last day are not shown at terminals: {}", unreadable.getMessage());
                    }
                },
                "kwm-book");
        reading.setDaemon(true);
        reading.start();
    }

    private @Nullable IsolationService isolation(LabFolder folder, Authorities authorities) throws StartException {
        if (mode != RunFile.Mode.ISOLATED) {
            return null;
        }
        var isolation = new IsolationService(Isolation.config(declaration, folder, state, authorities));
        isolation.start();
        undo.add(isolation::stop);
        isolation.world().ifPresent(together::add);
        return isolation;
    }

    /** Null for a lab without a world. */
    private @Nullable BorderService border(IsolationService isolation, AccessController access) {
        Crossing crossing = isolation.crossing().orElse(null);
        if (crossing == null) {
            return null;
        }
        var border = new BorderService(
                ServiceConfigs.border(declaration, isolation.own()),
                new Junction(
                        new LabNamespace(crossing.network()),
                        Crossing.IN,
                        Crossing.OUT,
                        List.of(
                                new Links.End(new LabNamespace(crossing.lab()), Crossing.LAB_END),
                                new Links.End(new LabNamespace(crossing.world()), Crossing.WORLD_END))),
                access,
                access.sessions(),
                access.journal(),
                clock);
        together.add(border);
        return border;
    }

    /** The world's clock has begun later than the lab's. */
    private void sameTime(@Nullable IsolationService isolation) throws StartException {
        if (isolation != null) {
            try {
                isolation.tellWorld(World.CLOCK + clock.now());
            } catch (IOException stays) {
                throw new StartException("the world has another time: " + stays.getMessage(), stays);
            }
        }
    }

    private Authorities opened(Future<Authorities> opening) throws StartException {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw stateUnusable(cause == null ? failed : cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stateUnusable(stopped);
        }
    }

    private JournalFile journal() throws StartException {
        // A reload that changes levels or compartments asks for a new start, so the lattice is that of the start.
        Lattice lattice = declaration.policy().lattice();
        try {
            return undo.add(JournalFile.open(
                    JournalConfig.under(state.root()).with(declaration.journal().rotation()), () -> lattice, clock));
        } catch (IOException unusable) {
            throw stateUnusable(unusable);
        }
    }

    private StartException stateUnusable(Throwable cause) {
        return new StartException("cannot use the lab's state in " + state.root() + ": " + cause.getMessage(), cause);
    }

    private GatewayService gateway(Parts parts, NameData names, AskerSeal seal) throws StartException {
        try {
            return parts.gateway(names, seal);
        } catch (IOException unusable) {
            throw stateUnusable(unusable);
        }
    }

    /** The zones as they are written, where another process serves them. */
    private NameData written() throws StartException {
        try {
            return DnsService.names(ServiceConfigs.dns(declaration, state));
        } catch (ZoneLoadException faulty) {
            throw new StartException("the zones have faults\n" + faulty.getMessage(), faulty);
        }
    }

    /** Where services run as processes of their own, the key is theirs too, and the same after a start. */
    private AskerSeal seal() throws StartException {
        try {
            return declaration.controller().listen().isEmpty()
                    ? AskerSeal.withFreshKey()
                    : ServicePasses.seal(state.keys());
        } catch (IOException unusable) {
            throw stateUnusable(unusable);
        }
    }

    /** For services that run as processes of their own; none where the lab does not say where. */
    private Optional<ControllerService> controller(AccessController access, Transport transport, AskerSeal seal)
            throws StartException {
        LabDeclaration.ControllerSection section = declaration.controller();
        if (section.listen().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ControllerService(
                    new ControllerService.Config(
                            Addressing.each(section.listen(), section.port()),
                            declaration.name(),
                            declaration.clock().speed().doubleValue(),
                            RemoteLimits.DEFAULT),
                    access,
                    clock,
                    seal,
                    transport,
                    plan,
                    ServicePasses.open(state.keys()).controller(),
                    new ChainFolder(JournalConfig.under(state.root()), clock)));
        } catch (IOException unusable) {
            throw stateUnusable(unusable);
        }
    }

    /** Whether a service runs in this process. */
    private boolean isHere(String service) {
        return only.isEmpty() || only.contains(service);
    }

    private HostKeys portalKeys(Authorities authorities) throws StartException {
        try {
            ServerCredential credential = authorities
                    .garden()
                    .issue(
                            "portal",
                            List.of(declaration.portal().host()),
                            declaration.portal().listen());
            var entry = new PrivateKeyEntry(
                    credential.privateKey(), credential.chain().toArray(Certificate[]::new));
            return host -> entry;
        } catch (IOException unusable) {
            throw stateUnusable(unusable);
        }
    }

    /** Starts every service, each on a thread of its own: a start is mostly the loading of classes, which no service waits for in another. */
    private void startTogether() throws StartException {
        List<CompletableFuture<@Nullable StartException>> starting = new ArrayList<>();
        for (Service service : together) {
            starting.add(CompletableFuture.supplyAsync(
                    () -> failure(service), task -> new Thread(task, "kwm-start-" + service.name()).start()));
        }
        StartException first = null;
        for (int i = 0; i < together.size(); i++) {
            StartException failed = starting.get(i).join();
            if (failed == null) {
                undo.add(together.get(i)::stop);
                services.add(together.get(i));
            } else if (first == null) {
                first = failed;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable StartException failure(Service service) {
        try {
            service.start();
            return null;
        } catch (StartException failed) {
            return failed;
        }
    }
}
