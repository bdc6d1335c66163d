package kwangmyong.isolation;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which TCP connections of a terminal, of those to no service of the lab, the transparent gateway takes. A terminal of which it takes less than
 * all has the world within reach of its other packets.
 *
 * @param all every one; {@code ports} is empty then
 * @param ports those to these ports, 1-65535
 */
public record Caught(boolean all, Set<Integer> ports) {
    public static final Caught ALL = new Caught(true, Set.of());
    public static final Caught NONE = new Caught(false, Set.of());

    private static final int HIGHEST_PORT = 65_535;

    public Caught {
        ports = Collections.unmodifiableSet(new TreeSet<>(ports));
        if (all && !ports.isEmpty()) {
            throw new IllegalArgumentException("caught: all, and ports " + ports);
        }
        for (int port : ports) {
            if (port < 1 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("caught: port " + port + " (expected: 1-" + HIGHEST_PORT + ")");
            }
        }
    }
}
