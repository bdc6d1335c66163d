package kwangmyong.lab.isolated;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.isolation.IsolationService;
import kwangmyong.lab.tour.Terminals;
import kwangmyong.lab.tour.TourPlan;

/**
 * The terminals of the isolated mode: each socket is opened in that terminal's own network, where nothing else can be spoken from. Whoever has no
 * terminal in this lab speaks from beside its services, whose network is given that address for the while.
 */
public final class IsolatedTerminals implements Terminals, AutoCloseable {
    private final Map<InetAddress, LabNamespace> networks = new HashMap<>();
    private final List<Runnable> borrowed = new ArrayList<>();

    /** Every one that a plan needs. */
    public static IsolatedTerminals of(TourPlan plan, IsolationService isolation) throws IOException {
        var terminals = new IsolatedTerminals();
        try {
            for (TourPlan.Asker asker : plan.askers()) {
                terminals.add(asker.terminal(), isolation);
            }
            return terminals;
        } catch (IOException cannot) {
            terminals.close();
            throw cannot;
        }
    }

    private void add(InetAddress address, IsolationService isolation) throws IOException {
        if (networks.containsKey(address)) {
            return;
        }
        Path network = isolation.network(address).orElse(null);
        if (network == null) {
            borrowed.add(isolation.borrow(address));
        }
        networks.put(address, new LabNamespace(network == null ? Closed.OWN : network));
    }

    @Override
    public <T> T at(InetAddress terminal, Opening<T> opening) throws IOException {
        LabNamespace network = networks.get(terminal);
        if (network == null) {
            throw new IOException("there is no terminal at " + terminal.getHostAddress());
        }
        return network.within(opening::open);
    }

    @Override
    public void close() {
        borrowed.forEach(Runnable::run);
    }
}
