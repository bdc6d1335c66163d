package kwangmyong.isolation;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kwangmyong.kernel.service.Service;

/**
 * The closed network of a lab that runs in namespaces of its own: this process must be in them already, with every capability there. Starts
 * before every other service, since it gives the lab its addresses.
 */
public final class IsolationService implements Service {
    private final IsolationConfig config;
    private final NetworkPlan plan;
    private final List<TerminalNamespaces> terminals = new ArrayList<>();

    public IsolationService(IsolationConfig config) {
        this.config = config;
        this.plan = new NetworkPlan(config);
    }

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public void start() throws StartException {
        try {
            List<CompletableFuture<TerminalNamespaces>> opening = IntStream.range(
                            0, config.terminals().size())
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(i), task -> new Thread(task).start()))
                    .toList();
            Programs.run(plan.lab(), "ip", "-batch", "-");
            if (plan.has(Inet4Address.class::isInstance)) {
                Programs.run(plan.caught(), "ip", "-4", "-batch", "-");
            }
            if (plan.has(Inet6Address.class::isInstance)) {
                Programs.run(plan.caught(), "ip", "-6", "-batch", "-");
            }
            Programs.run(plan.firewall(), "nft", "-f", "-");
            staysHere();
            StartException failed = null;
            for (CompletableFuture<TerminalNamespaces> terminal : opening) {
                try {
                    terminals.add(terminal.join());
                } catch (CompletionException cannot) {
                    failed = cannot.getCause() instanceof StartException said
                            ? said
                            : new StartException("a terminal cannot be made: " + cannot, cannot);
                }
            }
            if (failed != null) {
                throw failed;
            }
            for (int i = 0; i < terminals.size(); i++) {
                connect(i);
            }
            refuseLeaks();
        } catch (StartException | RuntimeException failed) {
            stop();
            throw failed;
        }
    }

    private TerminalNamespaces open(int terminal) {
        try {
            return TerminalNamespaces.open(config, plan, terminal);
        } catch (StartException cannot) {
            throw new CompletionException(cannot);
        }
    }

    /** The lab routes nothing: what is not for it, or caught, goes nowhere. Machines that route hand the setting on to new namespaces. */
    private static void staysHere() throws StartException {
        for (String setting : List.of("ipv4/conf/all/forwarding", "ipv6/conf/all/forwarding")) {
            Path path = Path.of("/proc/sys/net", setting);
            try {
                if (Files.exists(path)) {
                    Files.writeString(path, "0\n");
                }
            } catch (IOException refused) {
                throw new StartException("routing cannot be switched off: " + refused.getMessage(), refused);
            }
        }
    }

    private void connect(int terminal) throws StartException {
        long process = terminals.get(terminal).process();
        Programs.run(plan.linkTo(terminal, process), "ip", "-batch", "-");
        Programs.run(
                plan.terminal(terminal), "nsenter", "--target", Long.toString(process), "--net", "ip", "-batch", "-");
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
                    .map(leak -> leak.where() + " has " + leak.what() + ": " + leak.seen())
                    .collect(Collectors.joining("; ", "the network is not closed: ", "")));
        }
    }

    /**
     * Hides Unix sockets of the machine from a terminal that came to be there since the start.
     *
     * @throws IOException when one cannot be hidden, or there is no such terminal
     */
    public void cover(String terminal, List<Path> sockets) throws IOException {
        int index = IntStream.range(0, terminals.size())
                .filter(i -> config.terminals().get(i).name().equals(terminal))
                .findFirst()
                .orElseThrow(() -> new IOException("no terminal of " + terminal));
        try {
            terminals.get(index).cover(sockets);
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
            return new LeakCheck(config, plan, terminals).findings(sockets);
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /** A process in a terminal's namespaces, as the lab's processes are numbered; empty when there is no such terminal. */
    public OptionalLong processAt(String terminal) {
        return IntStream.range(0, terminals.size())
                .filter(i -> config.terminals().get(i).name().equals(terminal))
                .mapToLong(i -> terminals.get(i).process())
                .findFirst();
    }

    @Override
    public void stop() {
        terminals.forEach(TerminalNamespaces::close);
        terminals.clear();
    }

    @Override
    public List<Listener> listeners() {
        return List.of();
    }
}
