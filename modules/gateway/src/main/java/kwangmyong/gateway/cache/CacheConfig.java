package kwangmyong.gateway.cache;

import java.nio.file.Path;
import java.util.List;
import kwangmyong.kernel.policy.NamePattern;

/**
 * What is kept, and how much of it.
 *
 * @param folder for bodies; what an earlier run left there goes
 * @param hosts whose answers may be kept
 * @param octets of all bodies and heads together; the least recently used go first
 * @param largest octets of one body
 */
public record CacheConfig(Path folder, List<NamePattern> hosts, long octets, int largest) {
    /** 64 MiB in all. */
    public static final long DEFAULT_OCTETS = 64L << 20;
    /** 1 MiB: a hit is read at one go. */
    public static final int DEFAULT_LARGEST = 1 << 20;

    public CacheConfig {
        hosts = List.copyOf(hosts);
        if (octets < 1 || largest < 1) {
            throw new IllegalArgumentException("cache: a size below 1 octet");
        }
    }

    boolean covers(String host) {
        for (NamePattern pattern : hosts) {
            if (pattern.matches(host)) {
                return true;
            }
        }
        return false;
    }
}
