package kwangmyong.isolation;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kwangmyong.kernel.place.AddressRange;

/**
 * What lies outside: a network of its own, which nothing of the machine is in either.
 *
 * @param hosts addresses of sites
 * @param names addresses of its name server, at least one; what programs there ask
 * @param hosting ranges whose every address leads there, for servers that anyone may run
 * @param command serves it, and prints {@value #READY} on a line of its own when it does; run by the lab in that network, without rights
 * @param environment added to the lab's own
 */
public record World(
        Set<InetAddress> hosts,
        List<InetAddress> names,
        List<AddressRange> hosting,
        List<String> command,
        Map<String, String> environment) {
    /** What whoever serves it says when it is served. */
    public static final String READY = "ready";

    /** What it is told on a line of its standard input: to read its configuration again. */
    public static final String RELOAD = "reload";

    /** The same, before an instant: to move its clock there, if that is forward. */
    public static final String CLOCK = "clock ";

    /** What it says when it has done what it was told. */
    public static final String DONE = "done";

    /** The same when it has not, before why. */
    public static final String FAILED = "failed ";

    public World {
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
        names = List.copyOf(names);
        hosting = List.copyOf(hosting);
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a world without a name server (expected: an address or more)");
        }
    }

    /** Every address that is there by itself. */
    Set<InetAddress> addresses() {
        Set<InetAddress> all = new LinkedHashSet<>(names);
        all.addAll(hosts);
        return all;
    }

    /** Everything that is routed there, for {@code ip} and {@code nft}; no part of it lies in another. */
    List<AddressRange> ranges(boolean v4) {
        List<AddressRange> ranges = new ArrayList<>(hosting.stream()
                .filter(range -> range.network() instanceof Inet4Address == v4)
                .toList());
        for (InetAddress address : addresses()) {
            if (address instanceof Inet4Address == v4 && ranges.stream().noneMatch(range -> range.contains(address))) {
                ranges.add(new AddressRange(address, v4 ? Integer.SIZE : 2 * Long.SIZE));
            }
        }
        return ranges;
    }
}
