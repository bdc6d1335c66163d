package kwangmyong.lab.serve;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.remote.ControllerClient;
import kwangmyong.access.remote.RemoteClock;
import kwangmyong.access.remote.RemoteLimits;
import kwangmyong.access.remote.ServiceNames;
import kwangmyong.access.replica.ReplicaController;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabDeclaration.ControllerSection.WhenAway;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.Parts;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.lab.parts.ServicePasses;
import kwangmyong.lab.parts.Undo;
import kwangmyong.lab.process.LogSetup;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.process.StopSignal;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.MutualTls;
import kwangmyong.web.server.WebRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service of a lab in this process, put together: the lab's own files say what it serves, a controller elsewhere to whom. */
final class ServedLab {
    private static final Logger log = LoggerFactory.getLogger(ServedLab.class);

    /** How long a start waits for the controller before it goes by what was known last. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long START_WITHIN_SECONDS = 30;
    private static final long CLOSE_WITHIN_SECONDS = 5;

    /** What is served. */
    enum Part {
        DNS,
        GATEWAY,
        MAIL,
        SITES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Part part;
    private final ServedOptions options;
    private final LabFolder folder;
    private final StateFolder state;
    private final LabDeclaration declaration;
    private final MutualTls tls;
    private final Undo undo = new Undo();

    private ServedLab(
            Part part,
            ServedOptions options,
            LabFolder folder,
            StateFolder state,
            LabDeclaration declaration,
            MutualTls tls) {
        this.part = part;
        this.options = options;
        this.folder = folder;
        this.state = state;
        this.declaration = declaration;
        this.tls = tls;
    }

    /**
     * Serves until it is told to stop.
     *
     * @return the exit status; whatever was wrong is said on the standard error
     */
    static int run(Part part, ServedOptions options) throws IOException, InterruptedException {
        LabFolder folder = options.lab.folder();
        LabDeclaration declaration = Declared.orExplain(folder);
        MutualTls tls;
        String process;
        try {
            tls = MutualTls.readFrom(options.credentials);
            process = tls.ownName()
                    .flatMap(ServiceNames::process)
                    .orElseThrow(
                            () -> new IOException("the certificate in " + options.credentials + " is no service's"));
        } catch (IOException unusable) {
            throw new UsageException(String.valueOf(unusable.getMessage()));
        }
        StateFolder state = StateFolder.of(folder.name() + "-" + process);
        state.createFor("the service's");
        try {
            ServicePasses.take(options.credentials, state);
        } catch (IOException refused) {
            throw new UsageException(
                    "cannot take the credentials in " + options.credentials + ": " + refused.getMessage());
        }
        Optional<RunFile> claimed = RunFile.claim(state, folder, options.mode, options.offset);
        if (claimed.isEmpty()) {
            throw new UsageException("another process runs on " + state.root());
        }
        LogSetup.toFile(state);
        var end = new StopSignal();
        var served = new ServedLab(part, options, folder, state, declaration, tls);
        try {
            end.listen("the service", CLOSE_WITHIN_SECONDS);
            Service service = served.start();
            service.listeners()
                    .forEach(listener ->
                            System.out.println(listener.protocol() + " " + Addresses.text(listener.socket())));
            System.out.println("ready");
            System.out.flush();
            service.settle();
            end.await();
            return ExitStatus.FINE;
        } catch (StartException cannot) {
            log.error("{} cannot start", process, cannot);
            System.err.println("kwm: " + cannot.getMessage());
            return ExitStatus.NOT_RUNNING;
        } finally {
            served.undo.close();
            claimed.get().close();
            end.close();
        }
    }

    private Service start() throws StartException, IOException, InterruptedException {
        Instant start = declaration.clock().start();
        var clock = new RemoteClock(
                start == null ? Instant.now() : start,
                declaration.clock().speed().doubleValue());
        var lattice = new AtomicReference<Lattice>(declaration.policy().lattice());
        JournalConfig files = JournalConfig.under(state.root());
        JournalFile journal = undo.add(JournalFile.open(files, lattice::get, clock));
        Transport transport = undo.add(Transport.best(2));
        ControllerClient client = undo.add(new ControllerClient(
                new ControllerClient.Config(
                        options.controller(), declaration.name(), part.word(), state.access(), RemoteLimits.DEFAULT),
                transport,
                tls,
                clock,
                new JournalReader(files),
                InstantSource.system()));
        var replica = new ReplicaController(
                PolicySnapshot.of(declaration.policy()),
                clock,
                journal,
                client,
                declaration.controller().whenAway() == WhenAway.CLOSED);
        replica.start();
        undo.add(replica::stop);
        ControllerClient.Known known = known(client, replica);
        lattice.set(replica.snapshot().policy().lattice());
        Service service = service(
                new Parts(
                        declaration,
                        state,
                        Addressing.plan(declaration, options.mode, options.offset),
                        transport,
                        replica,
                        clock,
                        Authorities.open(state.keys()),
                        options.addresses()),
                AskerSeal.withKey(known.seal()));
        service.start();
        undo.add(service::stop);
        return service;
    }

    private static ControllerClient.Known known(ControllerClient client, ReplicaController replica)
            throws StartException, InterruptedException {
        try {
            return client.start(replica, PATIENCE)
                    .toCompletableFuture()
                    .orTimeout(START_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .get();
        } catch (ExecutionException nobody) {
            Throwable cause = nobody.getCause();
            throw new StartException(String.valueOf(cause == null ? nobody.getMessage() : cause.getMessage()), nobody);
        }
    }

    private Service service(Parts parts, AskerSeal seal) throws StartException, IOException {
        return switch (part) {
            case DNS -> {
                DnsService dns = parts.dns();
                undo.add(new ServedFiles(
                        folder,
                        parts.controller(),
                        fresh -> dns.reload(with(parts, fresh).dnsConfig())));
                yield dns;
            }
            case GATEWAY -> {
                var names = new AtomicReference<NameData>(names(declaration));
                undo.add(new ServedFiles(folder, parts.controller(), fresh -> names.set(names(fresh))));
                yield parts.gateway(ServedFiles.following(names), seal);
            }
            case MAIL -> parts.mail();
            case SITES ->
                parts.sites(undo.add(new WebRuntime(parts.clock())), seal)
                        .orElseThrow(() -> new UsageException("the lab " + declaration.name() + " has no sites"));
        };
    }

    private static Parts with(Parts parts, LabDeclaration fresh) {
        return new Parts(
                fresh,
                parts.state(),
                parts.plan(),
                parts.transport(),
                parts.controller(),
                parts.clock(),
                parts.authorities(),
                parts.listen());
    }

    private NameData names(LabDeclaration of) {
        try {
            return DnsService.names(ServiceConfigs.dns(of, state));
        } catch (ZoneLoadException faulty) {
            throw new UsageException("the zones have faults\n" + faulty.getMessage());
        }
    }
}
