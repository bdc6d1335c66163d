package kwangmyong.web.server;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service.Listener;
import kwangmyong.kernel.service.Service.StartException;

/** The listeners of one service. Opened all or none; several services may share a socket where the address plan makes theirs one. */
public final class WebServer implements AutoCloseable {
    private final WebRuntime runtime;
    private final List<Entered> entered = new ArrayList<>();

    private record Entered(Door door, Door.Guest guest, Listener listener) {}

    private WebServer(WebRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * One listener.
     *
     * @param address as configured; port 0 takes any free one
     * @param tls whether TLS 1.2 or 1.3 is spoken there
     */
    public record Binding(InetSocketAddress address, boolean tls, Hosts hosts) {}

    /**
     * Opens every listener; when it returns, every one of them answers.
     *
     * @param what names the service in an error: {@code The portal}
     * @param keys for the bindings with TLS
     * @throws StartException when one cannot be opened; nothing stays open then
     */
    public static WebServer open(
            String what, WebRuntime runtime, AddressPlan plan, List<Binding> bindings, HostKeys keys)
            throws StartException {
        WebServer server = new WebServer(runtime);
        try {
            for (Binding binding : bindings) {
                server.enter(what, plan, binding, keys);
            }
            return server;
        } catch (StartException failed) {
            server.close();
            throw failed;
        }
    }

    private void enter(String what, AddressPlan plan, Binding binding, HostKeys keys) throws StartException {
        InetSocketAddress lab = binding.address();
        Door.Guest guest = new Door.Guest(binding, plan, keys);
        Door door = runtime.enter(what, lab, plan.socket(lab), guest);
        entered.add(new Entered(door, guest, new Listener(binding.tls() ? "https" : "http", lab, door.socket())));
    }

    public List<Listener> listeners() {
        return entered.stream().map(Entered::listener).toList();
    }

    /** Closes the listeners and their connections; a socket that others share stays open for them. */
    @Override
    public void close() {
        entered.forEach(one -> runtime.leave(one.door(), one.guest()));
        entered.clear();
    }
}
