package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.isolation.Caught;
import kwangmyong.kernel.place.AddressRange;

/**
 * What becomes of packets where there are any.
 *
 * @param worldNames addresses of the world's name server
 * @param hosting ranges of the world for servers that anyone may run
 * @param provider addresses that the lab holds for programs that are run beside its services
 * @param caught by attachment, what the transparent gateway takes; an attachment that is not here has {@link Caught#ALL}
 * @param resolvers by attachment, where its terminals ask for names; one that is not here asks the lab's name server
 */
public record NetworkSection(
        List<InetAddress> worldNames,
        List<AddressRange> hosting,
        Set<InetAddress> provider,
        Map<String, Caught> caught,
        Map<String, InetAddress> resolvers) {
    public NetworkSection {
        worldNames = List.copyOf(worldNames);
        hosting = List.copyOf(hosting);
        provider = Collections.unmodifiableSet(new LinkedHashSet<>(provider));
        caught = Collections.unmodifiableMap(new LinkedHashMap<>(caught));
        resolvers = Collections.unmodifiableMap(new LinkedHashMap<>(resolvers));
    }
}
