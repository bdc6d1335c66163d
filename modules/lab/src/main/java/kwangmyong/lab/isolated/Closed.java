package kwangmyong.lab.isolated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.border.link.EmptyCapture;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.isolation.Finding;
import kwangmyong.isolation.IsolationService;
import kwangmyong.kernel.service.Service.StartException;

/** Whether a lab's network is closed: what the network's own check finds, and a capture, from the start on, of all that is on no link of the lab's. */
public final class Closed implements AutoCloseable {
    /** The network that this process is in. */
    static final Path OWN = Path.of("/proc/self/ns/net");

    private final IsolationService network;
    private final EmptyCapture strays;

    private Closed(IsolationService network, EmptyCapture strays) {
        this.network = network;
        this.strays = strays;
    }

    /**
     * Begins to watch a network.
     *
     * @param network started already, in this process's own network namespace
     */
    public static Closed watch(IsolationService network) throws StartException {
        try {
            return new Closed(network, EmptyCapture.open(new LabNamespace(OWN), network.links()));
        } catch (IOException cannot) {
            throw new StartException("whether anything leaves the lab cannot be seen: " + cannot.getMessage(), cannot);
        }
    }

    public IsolationService network() {
        return network;
    }

    /**
     * Everything that was looked at.
     *
     * @param sockets the machine's Unix sockets
     */
    public List<Finding> findings(List<Path> sockets) throws IOException {
        List<Finding> findings = new ArrayList<>(network.findings(sockets));
        long packets = strays.packets();
        findings.add(Finding.of(
                "lab", "packets captured on links that are none of the lab's", Long.toString(packets), packets > 0));
        return findings;
    }

    /** Writes the first of what was captured, as pcapng. */
    public void writeStrays(Path file) throws IOException {
        strays.write(file);
    }

    @Override
    public void close() {
        strays.close();
    }
}
