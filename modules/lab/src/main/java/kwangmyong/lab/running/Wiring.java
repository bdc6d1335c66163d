package kwangmyong.lab.running;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.AccessController;
import kwangmyong.access.store.Store;
import kwangmyong.access.token.TokenLedger;
import kwangmyong.border.BorderService;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.gateway.GatewayService;
import kwangmyong.gateway.TransparentConfig;
import kwangmyong.gateway.TransparentService;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.OpeningStore;
import kwangmyong.lab.parts.Parts;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.lab.parts.Undo;
import kwangmyong.lab.process.RunFile;
import kwangmyong.mail.MailService;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.net.Transport;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;

/** One lab, put together: every part in order, each given what it needs by its constructor. */
public final class Wiring {
    /** One for each processor of a small machine; a lab serves a classroom. More than there are would share what each remembers of answers in vain. */
    private static final int EVENT_LOOPS = Math.min(2, Runtime.getRuntime().availableProcessors());

    private final Ground ground;
    private final LabDeclaration declaration;
    private final StateFolder state;
    private final Undo undo;
    private final Set<String> only;
    private final List<Service> together = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();

    private Wiring(Ground ground, Set<String> only) {
        this.ground = ground;
        this.declaration = ground.declaration();
        this.state = ground.state();
        this.undo = ground.undo();
        this.only = Set.copyOf(only);
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
        Ground ground = Ground.of(folder, declaration, state, mode, offset);
        try {
            return new Wiring(ground, only).connect(authorities, store);
        } catch (StartException | RuntimeException failed) {
            ground.undo().close();
            OpeningStore.giveBack(store);
            throw failed;
        }
    }

    private Lab connect(Future<Authorities> opening, Future<Store> storing) throws StartException {
        Authorities authorities = opened(opening);
        Edge edge = Edge.make(ground, authorities);
        Records records = Records.open(ground, storing);
        var names = new AtomicReference<>(NameData.NONE);
        AccessController access = access(records, names);
        Transport transport = undo.add(Transport.best(EVENT_LOOPS));
        var parts =
                new Parts(declaration, state, ground.plan(), transport, access, ground.clock(), authorities, List.of());
        DnsService dns = parts.dns();
        NameData zones = isHere("dns") ? dns.names() : written();
        names.set(zones);
        var far = new FarServices(ground);
        AskerSeal seal = far.seal();
        GatewayService gateway = gateway(parts, zones, seal);
        access.foresee(gateway::foresee);
        WebRuntime pages = undo.add(new WebRuntime(ground.clock()));
        BorderService border = edge.border(access).orElse(null);
        edge.world().ifPresent(together::add);
        together.add(dns);
        together.add(gateway);
        if (!ground.plan().isLoopback()) {
            together.add(transparent(gateway, transport));
        }
        HeldMail held = HeldMail.NONE;
        if (declaration.mail() != null) {
            MailService mail = parts.mail();
            held = mail.heldMail();
            together.add(mail);
        }
        parts.sites(pages, seal).ifPresent(together::add);
        if (border != null) {
            together.add(border);
        }
        Lab lab = lab(access, records, held, dns, edge, border);
        var surfaces = new Surfaces(ground, lab, records, zones, gateway, seal, transport, pages);
        together.add(surfaces.portal(authorities));
        together.add(surfaces.console());
        together.add(surfaces.metrics(() -> List.copyOf(together)));
        far.controller(access, transport, seal).ifPresent(together::add);
        together.removeIf(service -> !service.name().equals("controller") && !isHere(service.name()));
        JointStart.of(together, undo, services);
        edge.sameTime(ground.clock());
        records.recall(ground, access);
        return lab;
    }

    private AccessController access(Records records, AtomicReference<NameData> names) throws StartException {
        var access = new AccessController(
                declaration.policy(),
                ServiceConfigs.access(declaration),
                ground.clock(),
                records.book(),
                records.store(),
                name -> Objects.requireNonNull(names.get()).addresses(name));
        access.start();
        undo.add(access::stop);
        return access;
    }

    /** @param border null where inside and world are not apart */
    private Lab lab(
            AccessController access,
            Records records,
            HeldMail held,
            DnsService dns,
            Edge edge,
            @Nullable BorderService border) {
        var operators = new DeclaredOperators(declaration);
        TokenLedger tokens = undo.add(
                new TokenLedger(records.store(), operators, InstantSource.system(), ground.clock(), access.journal()));
        return new Lab(ground, access, records, operators, tokens, held, dns, edge.closed(), border, services);
    }

    private TransparentService transparent(GatewayService gateway, Transport transport) {
        var how =
                ground.mode() == RunFile.Mode.ISOLATED ? TransparentConfig.How.TPROXY : TransparentConfig.How.REDIRECT;
        return new TransparentService(Isolation.transparent(declaration, how), gateway, transport);
    }

    private Authorities opened(Future<Authorities> opening) throws StartException {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw ground.stateUnusable(cause == null ? failed : cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ground.stateUnusable(stopped);
        }
    }

    private GatewayService gateway(Parts parts, NameData names, AskerSeal seal) throws StartException {
        try {
            return parts.gateway(names, seal);
        } catch (IOException unusable) {
            throw ground.stateUnusable(unusable);
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

    /** Whether a service runs in this process. */
    private boolean isHere(String service) {
        return only.isEmpty() || only.contains(service);
    }
}
