package kwangmyong.lab.running;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import kwangmyong.access.AccessController;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.store.Store;
import kwangmyong.access.token.TokenLedger;
import kwangmyong.border.BorderService;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.isolation.IsolationService;
import kwangmyong.isolation.World;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.mail.api.HeldMail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lab whose services run. */
public final class Lab implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lab.class);

    private final Ground ground;
    private final AccessController access;
    private final Records records;
    private final DeclaredOperators operators;
    private final TokenLedger tokens;
    private final HeldMail heldMail;
    private final DnsService dns;
    private final @Nullable Closed closed;
    private final @Nullable BorderService border;
    private final Captures captures;
    private final List<Service> services;
    private volatile LabDeclaration declaration;

    /** @param services in the order of their starts, as they start */
    Lab(
            Ground ground,
            AccessController access,
            Records records,
            DeclaredOperators operators,
            TokenLedger tokens,
            HeldMail heldMail,
            DnsService dns,
            @Nullable Closed closed,
            @Nullable BorderService border,
            List<Service> services) {
        this.ground = ground;
        this.declaration = ground.declaration();
        this.access = access;
        this.records = records;
        this.operators = operators;
        this.tokens = tokens;
        this.heldMail = heldMail;
        this.dns = dns;
        this.closed = closed;
        this.border = border;
        this.captures = new Captures(border);
        this.services = Collections.unmodifiableList(services);
    }

    LabFolder folder() {
        return ground.folder();
    }

    public LabDeclaration declaration() {
        return declaration;
    }

    public List<Service> services() {
        return services;
    }

    public AddressPlan plan() {
        return ground.plan();
    }

    /** The lab's closed network; null in loopback mode. */
    @Nullable
    IsolationService isolation() {
        return closed == null ? null : closed.network();
    }

    /** Whether that network is closed; null in loopback mode. */
    @Nullable
    public Closed closed() {
        return closed;
    }

    /** What stands between inside and world; null where they are not apart. */
    @Nullable
    public BorderService border() {
        return border;
    }

    Captures captures() {
        return captures;
    }

    public RunningClock clock() {
        return ground.clock();
    }

    public AccessController access() {
        return access;
    }

    public JournalFile journal() {
        return records.journal();
    }

    HeldMail heldMail() {
        return heldMail;
    }

    LogBook book() {
        return records.book();
    }

    DeclaredOperators operators() {
        return operators;
    }

    TokenLedger tokens() {
        return tokens;
    }

    /** What happens at run time. */
    Store store() {
        return records.store();
    }

    public StateFolder state() {
        return ground.state();
    }

    /**
     * Reads the configuration again and puts rules and zones in force. What needs a listener to move, or other levels, compartments or
     * sites, waits for the next start. Everything is checked before anything changes; then the world follows.
     *
     * @return the hash of the rules then in force, and what is wrong with zones that stay as they were
     * @throws UsageException saying what is wrong; what was in force stays
     */
    Reloaded reload() {
        LabDeclaration fresh = Declared.orExplain(ground.folder());
        if (!fresh.policy().lattice().equals(declaration.policy().lattice())) {
            throw new UsageException("levels and compartments change only by a new start: kwm down, then kwm up");
        }
        List<ZoneFault> faults;
        try {
            faults = dns.reload(ServiceConfigs.dns(fresh, ground.state()));
        } catch (ZoneLoadException faulty) {
            throw new UsageException("the zones have faults\n" + faulty.getMessage());
        }
        try {
            String hash = access.reload(fresh.policy(), ServiceConfigs.access(fresh))
                    .toCompletableFuture()
                    .join();
            declaration = fresh;
            operators.declare(fresh);
            log.info("reloaded; the rules in force are {}", hash);
            tellWorld(World.RELOAD);
            return new Reloaded(hash, faults);
        } catch (CompletionException failed) {
            throw new UsageException("the rules could not be reloaded: " + failed.getCause());
        }
    }

    /**
     * Moves the lab's clock forward, inside and in the world.
     *
     * @return where it stood
     * @throws IllegalArgumentException when {@code target} is in the past
     */
    Instant moveClock(Instant target) {
        Instant before = ground.clock().moveTo(target);
        tellWorld(World.CLOCK + target);
        return before;
    }

    private void tellWorld(String line) {
        IsolationService network = isolation();
        if (network != null) {
            try {
                network.tellWorld(line);
            } catch (IOException stays) {
                throw new UsageException("inside it is so now, but the world did not follow: " + stays.getMessage());
            }
        }
    }

    /** Has every service do what it left for later. */
    public void settle() {
        services.forEach(Service::settle);
    }

    /**
     * What came of a reload.
     *
     * @param hash of the rules in force
     * @param faults of zones that were not taken
     */
    record Reloaded(String hash, List<ZoneFault> faults) {
        Reloaded {
            faults = List.copyOf(faults);
        }
    }

    /** Has a part closed before everything that it uses. */
    void closeWithIt(AutoCloseable part) {
        ground.undo().add(part);
    }

    @Override
    public void close() {
        ground.undo().close();
    }
}
