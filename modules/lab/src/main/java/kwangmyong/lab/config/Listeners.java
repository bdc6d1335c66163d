package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.yaml.Faults;

/** Every socket that a lab would open, so that two at one place are found before either is opened. */
final class Listeners {
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_IN_LOOPBACK = HIGHEST_PORT - AddressPlan.LOOPBACK_PORT_SHIFT;

    private final Faults faults;
    private final List<Listener> all = new ArrayList<>();
    private final Map<String, Listener> byPlace = new HashMap<>();

    Listeners(Faults faults) {
        this.faults = faults;
    }

    /** One socket, and where to say that it cannot be. */
    private record Listener(InetAddress address, int port, String owner, Blame blame) {
        String place(InetAddress socket) {
            return Addresses.text(socket) + " " + port;
        }

        String shown() {
            return "port " + port + " at " + Addresses.text(address);
        }
    }

    /** Adds a fault where a socket was written, or could have been. */
    @FunctionalInterface
    interface Blame {
        void fault(String message, Faults faults);
    }

    /** Takes the sockets of one of a section's ports, and gives the port. */
    int add(List<InetAddress> addresses, Section ports, String key, int usual, String service) {
        int port = ports.integer(key, usual);
        addresses.forEach(address ->
                add(address, port, service + " (" + key + ")", (message, to) -> ports.fault(key, message, to)));
        return port;
    }

    void add(InetAddress address, int port, String owner, Blame blame) {
        Listener listener = new Listener(address, port, owner, blame);
        Listener other = byPlace.putIfAbsent(listener.place(address), listener);
        if (other != null) {
            blame.fault(listener.shown() + " is that of " + other.owner + " already", faults);
        }
        all.add(listener);
    }

    /**
     * What loopback mode cannot open: it adds {@value AddressPlan#LOOPBACK_PORT_SHIFT} to each port, and gives every address the same first
     * octet. IPv6 has one loopback address and is left out.
     */
    void checkLoopback(Faults inLoopback) {
        AddressPlan plan = AddressPlan.loopback(0, List.of());
        Map<String, Listener> taken = new HashMap<>();
        for (Listener listener : all) {
            if (listener.port > HIGHEST_IN_LOOPBACK) {
                listener.blame.fault(
                        "port " + listener.port + " passes " + HIGHEST_PORT + " in loopback mode", inLoopback);
            } else if (listener.address.getAddress().length == 4) {
                Listener other = taken.putIfAbsent(listener.place(plan.socket(listener.address)), listener);
                if (other != null && !other.address.equals(listener.address)) {
                    String message = listener.shown() + " and that of " + other.owner + " at "
                            + Addresses.text(other.address) + " are one in loopback mode";
                    listener.blame.fault(message, inLoopback);
                }
            }
        }
    }
}
