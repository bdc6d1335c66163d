package kwangmyong.isolation;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import kwangmyong.kernel.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * The closed network of a lab that runs in namespaces of its own: this process must be in them already, with every capability there. Starts
 * before every other service, since it gives the lab its addresses.
 */
public final class IsolationService implements Service {
    /** IPv6 knows an address that a route alone makes local for packets that come in, and not for programs that would use it; IPv4 for both. */
    private static final String USE_ANY = "file=/proc/sys/net/ipv6/ip_nonlocal_bind; [ ! -e $file ] || echo 1 >$file";

    private final IsolationConfig config;
    private final NetworkPlan plan;
    private final Places places;
    private @Nullable WorldProcess world;
    private @Nullable BorderNamespace border;
    private @Nullable Crossing crossing;

    public IsolationService(IsolationConfig config) {
        this.config = config;
        this.plan = new NetworkPlan(config);
        this.places = new Places(config);
    }

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public void start() throws StartException {
        try {
            CompletableFuture<PlaceNamespaces> outside = config.world() == null ? null : open(Place.Common.WORLD);
            List<CompletableFuture<PlaceNamespaces>> opening = config.terminals().stream()
                    .map(terminal -> open(new Place.At(terminal.name())))
                    .toList();
            Programs.run(plan.lab(), "ip", "-batch", "-");
            if (outside != null && config.world() != null) {
                world = world(config.world(), made(outside).process());
            }
            if (plan.has(Inet4Address.class::isInstance)) {
                Programs.run(plan.caught(), "ip", "-4", "-batch", "-");
            }
            if (plan.has(Inet6Address.class::isInstance)) {
                Programs.run(plan.caught(), "ip", "-6", "-batch", "-");
            }
            Programs.run(new FirewallPlan(config, plan).text(), "nft", "-f", "-");
            List<PlaceNamespaces> terminals = new ArrayList<>();
            for (CompletableFuture<PlaceNamespaces> terminal : opening) {
                terminals.add(made(terminal));
            }
            for (int i = 0; i < terminals.size(); i++) {
                long process = terminals.get(i).process();
                Programs.run(plan.linkTo(i, process), "ip", "-batch", "-");
                inNetworkOf(process, plan.terminal(i));
            }
            Forwarding.between(plan.routed());
            refuseLeaks();
        } catch (StartException | RuntimeException failed) {
            stop();
            throw failed;
        }
    }

    private CompletableFuture<PlaceNamespaces> open(Place place) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return places.open(place);
                    } catch (StartException cannot) {
                        throw new CompletionException(cannot);
                    }
                },
                task -> new Thread(task, "kwm-place").start());
    }

    private static PlaceNamespaces made(CompletableFuture<PlaceNamespaces> place) throws StartException {
        try {
            return place.join();
        } catch (CompletionException cannot) {
            throw cannot.getCause() instanceof StartException said
                    ? said
                    : new StartException("a place cannot be made: " + cannot, cannot);
        }
    }

    private WorldProcess world(World declared, long process) throws StartException {
        BorderNamespace between = BorderNamespace.open();
        border = between;
        Programs.run(plan.linkToWorld(declared, between.process()), "ip", "-batch", "-");
        inNetworkOf(between.process(), NetworkPlan.border(process));
        inNetworkOf(process, plan.world(declared));
        Programs.run("", "nsenter", "--target", Long.toString(process), "--net", "sh", "-c", USE_ANY);
        crossing = new Crossing(network(between.process()), Path.of("/proc/self/ns/net"), network(process));
        return WorldProcess.begin(declared, process);
    }

    private static Path network(long process) {
        return Path.of("/proc/" + process + "/ns/net");
    }

    private static void inNetworkOf(long process, String batch) throws StartException {
        Programs.run(batch, "nsenter", "--target", Long.toString(process), "--net", "ip", "-batch", "-");
    }

    private void refuseLeaks() throws StartException {
        List<Finding> leaks;
        try {
            leaks = findings(config.foreignSockets()).stream()
                    .filter(Finding::isLeak)
                    .toList();
        } catch (IOException cannot) {
            throw new StartException("whether the network is closed cannot be seen: " + cannot.getMessage(), cannot);
        }
        if (!leaks.isEmpty()) {
            throw new StartException(leaks.stream()
                    .map(Finding::sentence)
                    .collect(Collectors.joining("; ", "the network is not closed: ", "")));
        }
    }

    /** What serves the world; its start waits until it does. Empty where there is none. */
    public Optional<Service> world() {
        return Optional.ofNullable(world);
    }

    /**
     * Tells whoever serves the world; does nothing where there is none.
     *
     * @param line {@link World#RELOAD}, or {@link World#CLOCK} and an instant
     * @throws IOException when it does not follow, saying why
     */
    public void tellWorld(String line) throws IOException {
        WorldProcess told = world;
        if (told != null) {
            told.tell(line);
        }
    }

    /** Where the lab and the world are joined, once somebody carries packets there; empty where there is no world. */
    public Optional<Crossing> crossing() {
        return Optional.ofNullable(crossing);
    }

    /** The links of the lab's own network; any other would be a way out. */
    public Set<String> links() {
        return plan.links();
    }

    /** Addresses that only the lab itself speaks from. */
    public Set<InetAddress> own() {
        return plan.own();
    }

    /** The places that there are, terminals first. */
    public List<Place> places() {
        return places.all();
    }

    /**
     * A process at a place, as the lab's processes are numbered.
     *
     * @param sockets the machine's Unix sockets: those that came to be there since the start are hidden now
     * @throws IOException when there is no such place, or it cannot be made, or one of the sockets cannot be hidden
     */
    public long enter(Place place, List<Path> sockets) throws IOException {
        try {
            PlaceNamespaces entered = places.at(place);
            entered.cover(sockets);
            return entered.process();
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /**
     * A file as programs at a place see it; itself, or another by way of links.
     *
     * @throws IOException when there is no such place
     */
    public Path seen(Place place, Path path) throws IOException {
        try {
            return places.at(place).seen(path);
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /**
     * The network of a terminal, as a file such as {@code /proc/1234/ns/net}; empty for an address that no terminal has.
     *
     * @throws IOException when it is not there any more
     */
    public Optional<Path> network(InetAddress address) throws IOException {
        for (Terminal terminal : config.terminals()) {
            if (terminal.addresses().contains(address)) {
                return Optional.of(network(enter(new Place.At(terminal.name()), List.of())));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives the lab's own network an address for a while, from which a program beside the services can speak as somebody who has no terminal.
     *
     * @return what takes it away
     * @throws IOException when it is there already, or cannot be had
     */
    public Runnable borrow(InetAddress address) throws IOException {
        return Borrowed.in(address);
    }

    /** A folder of the lab's that a place sees under the same path, and no other place does; programs there may write to it. */
    public Path scratch(Place place) {
        return places.scratch(place);
    }

    /**
     * Runs a program at a place. It is the person's own user there, without any right over the network that was not asked for, and ends
     * with the lab.
     *
     * @return what ends the program when it is destroyed; its exit status is the program's
     * @throws IOException when there is no such place, or it cannot be begun
     */
    public Process run(ProgramAt program) throws IOException {
        long process = enter(program.place(), List.of());
        List<String> words =
                WayIn.words(process, WayIn.Person.ofLab(), program.rights(), program.environment(), program.folder());
        words.addAll(program.command());
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(program.output().toFile()))
                .start();
    }

    /**
     * Ends every program at a place, and empties its folders for scratch files ({@code /tmp} and the like). The lab and the world go on.
     *
     * @throws IOException when there is no such place
     */
    public void clear(Place place) throws IOException {
        try {
            places.at(place).clear();
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /**
     * Looks for ways out.
     *
     * @param sockets the machine's Unix sockets
     * @return everything that was looked at, leaks or not
     * @throws IOException when it cannot be looked at
     */
    public List<Finding> findings(List<Path> sockets) throws IOException {
        try {
            return new LeakCheck(config, plan, places.opened(), border).findings(sockets);
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    @Override
    public void stop() {
        WorldProcess begun = world;
        if (begun != null) {
            begun.stop();
            world = null;
        }
        BorderNamespace between = border;
        if (between != null) {
            between.close();
            border = null;
            crossing = null;
        }
        places.close();
    }

    @Override
    public List<Listener> listeners() {
        return List.of();
    }
}
