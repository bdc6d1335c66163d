package kwangmyong.border;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kwangmyong.border.api.Condition;

/**
 * What the border does.
 *
 * @param own addresses inside that are the lab's own: their services have decided already
 * @param link the condition of the link to the world
 * @param attachments conditions of every attachment by name, on top
 * @param seed of loss and jitter
 * @param memory octets for packets that are held up
 */
public record BorderConfig(
        Set<InetAddress> own,
        Condition link,
        Map<String, Condition> attachments,
        long seed,
        FlowLimits flows,
        int memory) {
    public static final int DEFAULT_MEMORY = 16 << 20;

    private static final int LEAST_MEMORY = 1 << 16;
    private static final int MOST_MEMORY = 1 << 30;

    public BorderConfig {
        own = Set.copyOf(own);
        attachments = Collections.unmodifiableMap(new TreeMap<>(attachments));
        if (memory < LEAST_MEMORY || memory > MOST_MEMORY) {
            throw new IllegalArgumentException("memory: " + memory + " (expected: 64KiB-1GiB)");
        }
    }
}
