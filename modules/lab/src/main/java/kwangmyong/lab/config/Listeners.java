package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.lab.yaml.Faults;

/** Every socket that a lab would open, so that two at one place are found before either is opened. */
final class Listeners {
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_IN_LOOPBACK = HIGHEST_PORT - AddressPlan.LOOPBACK_PORT_SHIFT;

    /** One socket: {@code service} is the section's name, {@code ports} and {@code key} where its port is or could be written. */
    record Listener(InetAddress address, int port, String service, Section ports, String key) {
        String shown() {
            return service + " (" + key + ")";
        }
    }

    private final List<Listener> all = new ArrayList<>();
    private final Map<String, Listener> byPlace = new HashMap<>();

    /** Takes the sockets of one port, and gives the port. */
    int add(List<InetAddress> addresses, Section ports, String key, int usual, String service) {
        int port = ports.integer(key, usual);
        for (InetAddress address : addresses) {
            Listener listener = new Listener(address, port, service, ports, key);
            Listener other = byPlace.putIfAbsent(address.getHostAddress() + " " + port, listener);
            if (other != null) {
                ports.fault(
                        key,
                        "port " + port + " at " + address.getHostAddress() + " is that of " + other.shown()
                                + " already");
            }
            all.add(listener);
        }
        return port;
    }

    List<Listener> all() {
        return all;
    }

    /** What loopback mode cannot open: it adds {@value AddressPlan#LOOPBACK_PORT_SHIFT} to each port. */
    void refuseHighPortsInLoopback(Faults faults) {
        for (Listener listener : all) {
            if (listener.port() > HIGHEST_IN_LOOPBACK) {
                listener.ports()
                        .fault(
                                listener.key(),
                                "port " + listener.port() + " passes " + HIGHEST_PORT + " in loopback mode",
                                faults);
            }
        }
    }
}
