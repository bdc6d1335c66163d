package kwangmyong.lab.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.SessionView;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.bed.Program;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.border.BorderService;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.isolation.Finding;
import kwangmyong.isolation.IsolationService;
import kwangmyong.isolation.ProgramAt;
import kwangmyong.isolation.WayIn;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.MailSection;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.running.Lab;
import kwangmyong.lab.running.OperatorPorts;
import org.jspecify.annotations.Nullable;

/** A lab in isolated mode, lent to the bench. */
final class BenchBed implements Bed {
    /** Octets of a trial's capture. */
    private static final long MOST_CAPTURED = 256L << 20;

    private static final String OPERATOR = "bench";
    private static final String PORTAL = "portal";
    private static final long WITHIN_SECONDS = 10;
    private static final Path TUN = Path.of("/dev/net/tun");

    /** Where a place has what it sees as {@code resolv.conf(5)} and {@code hosts(5)}. */
    private static final Path RESOLVER = Path.of("/run/kwm/resolv.conf");

    private static final Path HOSTS = Path.of("/run/kwm/hosts");

    private final Lab lab;
    private final Regime regime;
    private final Map<Path, String> asMade = new HashMap<>();
    private final Closed closed;
    private final IsolationService isolation;
    private final ConsolePorts ports;
    /** What was counted when it was last looked at. */
    private final Map<String, Long> counts = new HashMap<>();

    /** @param closed of this lab */
    BenchBed(Lab lab, Regime regime, Closed closed) {
        this.lab = lab;
        this.regime = regime;
        this.closed = closed;
        this.isolation = closed.network();
        this.ports = OperatorPorts.of(lab);
    }

    @Override
    public Map<String, String> told() {
        LabDeclaration declaration = lab.declaration();
        Map<String, String> told = new LinkedHashMap<>();
        told.put("SUBJECT", regime.subject());
        told.put("GATEWAY", Addresses.text(Addressing.gateway(declaration)));
        told.put("RESOLVER", Addresses.text(resolver(declaration)));
        MailSection mail = declaration.mail();
        if (mail != null) {
            told.put("MAIL", mail.host());
            declaration.policy().subjects().stream()
                    .filter(subject -> subject.name().equals(regime.subject()))
                    .map(kwangmyong.kernel.policy.Subject::mailbox)
                    .flatMap(java.util.stream.Stream::ofNullable)
                    .forEach(mailbox -> told.put("MAILBOX", mailbox.toString()));
        }
        return told;
    }

    private InetAddress resolver(LabDeclaration declaration) {
        InetAddress own = regime.resolver();
        InetAddress terminal = declaration.terminals().get(regime.subject());
        if (own != null) {
            return own;
        }
        return declaration.policy().attachments().stream()
                .filter(attachment -> terminal != null && attachment.contains(terminal))
                .map(attachment -> declaration.network().resolvers().get(attachment.name()))
                .flatMap(java.util.stream.Stream::ofNullable)
                .findFirst()
                .orElse(declaration.dns().listen().get(0));
    }

    @Override
    public Optional<String> missing(Tool.Need need) {
        return switch (need) {
            case TUN ->
                Files.isWritable(TUN)
                        ? Optional.empty()
                        : Optional.of("it needs a TUN device, and " + TUN
                                + " is closed to this user (root may open it: chmod 666 " + TUN + ")");
            case UIDS -> Optional.of("it needs several user ids, and a lab without root has one");
        };
    }

    @Override
    public void reset(long seed) throws IOException {
        clear(Place.TERMINAL);
        clear(Place.WORLD);
        BorderService border = lab.border();
        if (border != null) {
            border.condition(lab.declaration().border().link());
            border.reset(seed);
        }
        lab.services().forEach(Service::forget);
        Operations operations = lab.access().operations();
        for (GrantView grant : operations.grants()) {
            done(operations.revoke(grant.id(), OPERATOR));
        }
        for (SessionView session : operations.sessions()) {
            if (session.origin().equals(PORTAL)) {
                done(operations.logOut(session.terminal(), OPERATOR));
            }
        }
        put(RESOLVER, regime.resolver() == null ? null : "nameserver " + Addresses.text(regime.resolver()) + "\n");
        put(HOSTS, null);
    }

    /** Writes a file that the lab gave the terminal, whose programs may have changed it; null for what was in it at first. */
    private void put(Path file, @Nullable String text) throws IOException {
        Path seen = seen(Place.TERMINAL, file);
        if (!asMade.containsKey(file)) {
            asMade.put(file, Files.readString(seen));
        }
        Files.writeString(seen, text == null ? asMade.getOrDefault(file, "") : text);
    }

    private static <T> T done(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (TimeoutException slow) {
            throw new IOException("the lab did not answer within " + WITHIN_SECONDS + " s", slow);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }

    @Override
    public void command(String line) throws IOException {
        var said = new ByteArrayOutputStream();
        int status;
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            status = OperatorPorts.run(ports, BenchWords.of(line), Screen.PIPE, out, out);
        }
        if (status != ExitStatus.FINE) {
            throw new IOException("'" + line + "' failed: "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    @Override
    public void condition(Condition condition) throws IOException {
        BorderService border = lab.border();
        if (condition.isPlain()) {
            return; // what the lab itself does to packets stays
        } else if (border == null) {
            throw new IOException("this lab has no border that could hold packets up");
        }
        try {
            border.condition(new kwangmyong.border.api.Condition(
                    condition.delay(), condition.jitter(), condition.loss(), condition.rate()));
        } catch (IllegalArgumentException impossible) {
            throw new IOException("condition " + condition.name() + ": " + impossible.getMessage(), impossible);
        }
    }

    @Override
    public boolean hasConditions() {
        return lab.border() != null;
    }

    private kwangmyong.isolation.Place at(Place place) {
        return switch (place) {
            case TERMINAL -> new kwangmyong.isolation.Place.At(regime.subject());
            case LAB -> kwangmyong.isolation.Place.Common.PROVIDER;
            case WORLD -> kwangmyong.isolation.Place.Common.WORLD;
        };
    }

    private Path process(Place place) throws IOException {
        return Path.of("/proc", Long.toString(isolation.enter(at(place), List.of())));
    }

    @Override
    public Path seen(Place place, Path path) throws IOException {
        return isolation.seen(at(place), path);
    }

    @Override
    public List<String> sockets(Place place, String table) throws IOException {
        Path file = process(place).resolve("net").resolve(table);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Override
    public Process start(Program program) throws IOException {
        return isolation.run(new ProgramAt(
                at(program.place()),
                program.command(),
                program.environment(),
                program.folder(),
                program.log(),
                program.network() ? WayIn.Rights.NETWORK : WayIn.Rights.NONE));
    }

    @Override
    public void clear(Place place) throws IOException {
        isolation.clear(at(place));
    }

    @Override
    public void placeToken(String name, String token) throws IOException {
        Files.createDirectories(lab.state().tokens());
        Files.writeString(lab.state().tokens().resolve(name), token);
    }

    @Override
    public void removeToken(String name) throws IOException {
        Files.deleteIfExists(lab.state().tokens().resolve(name));
    }

    @Override
    public Listening listen(String what) throws IOException {
        return BenchListening.open(lab, ports.journal(), what);
    }

    @Override
    public Capturing capture(Path file) throws IOException {
        BorderService border = lab.border();
        if (border == null) {
            return () -> {}; // there is no border to capture at
        }
        return border.capture(file, MOST_CAPTURED)::close;
    }

    @Override
    public Watched watch(Path strays) throws IOException {
        List<Finding> findings = closed.findings(Isolation.foreignSockets());
        List<String> leaks =
                findings.stream().filter(Finding::isLeak).map(Finding::sentence).toList();
        if (!leaks.isEmpty()) {
            closed.writeStrays(strays);
        }
        Map<String, Long> counted = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.NOTED)
                .forEach(finding -> {
                    long all = Long.parseLong(finding.seen());
                    Long before = counts.put(finding.what(), all);
                    counted.put(finding.what(), all - (before == null ? 0 : before));
                });
        int ways = (int) findings.stream()
                .filter(finding -> finding.kind() != Finding.Kind.NOTED)
                .count();
        return new Watched(ways, counted, leaks);
    }
}
