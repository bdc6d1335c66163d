package kwangmyong.access.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import kwangmyong.kernel.place.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * Values by ranges of addresses. One hash look-up for each prefix length in use, longest first, so that the number of ranges does not
 * matter. Not changed once asked.
 */
final class RangeMap<V> {
    private static final int IPV4_BYTES = 4;

    private final Family<V> ipv4 = new Family<>();
    private final Family<V> ipv6 = new Family<>();

    /** Gives a range a value, from the one that it has; that is null at first. */
    void update(AddressRange range, Function<@Nullable V, V> change) {
        byte[] network = range.network().getAddress();
        family(network).update(range.prefix(), key(network), change);
    }

    boolean isEmpty() {
        return ipv4.longestFirst.isEmpty() && ipv6.longestFirst.isEmpty();
    }

    /** The value of the longest prefix that contains an address; null when none does. */
    @Nullable
    V longest(InetAddress address) {
        byte[] bytes = address.getAddress();
        return family(bytes).longest(key(bytes));
    }

    /** Shows the values of all ranges that contain an address, longest prefix first, until one is enough. */
    void each(InetAddress address, Predicate<V> isEnough) {
        byte[] bytes = address.getAddress();
        family(bytes).each(key(bytes), isEnough);
    }

    void values(Consumer<V> all) {
        List.of(ipv4, ipv6)
                .forEach(family -> family.longestFirst.forEach(
                        prefix -> prefix.networks.values().forEach(all)));
    }

    private Family<V> family(byte[] address) {
        return address.length == IPV4_BYTES ? ipv4 : ipv6;
    }

    private static Key key(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == IPV4_BYTES
                ? new Key((long) bytes.getInt() << Integer.SIZE, 0)
                : new Key(bytes.getLong(), bytes.getLong());
    }

    /** An address, left-justified in 128 bits. */
    private record Key(long high, long low) {
        Key masked(int prefix) {
            long highMask = prefix == 0 ? 0 : prefix >= Long.SIZE ? -1L : -1L << (Long.SIZE - prefix);
            int rest = prefix - Long.SIZE;
            long lowMask = rest <= 0 ? 0 : rest >= Long.SIZE ? -1L : -1L << (Long.SIZE - rest);
            return new Key(high & highMask, low & lowMask);
        }
    }

    private static final class Family<V> {
        private final Map<Integer, Map<Key, V>> byPrefix = new TreeMap<>(Comparator.reverseOrder());
        private List<Prefix<V>> longestFirst = List.of();

        private record Prefix<V>(int bits, Map<Key, V> networks) {}

        void update(int prefix, Key network, Function<@Nullable V, V> change) {
            Map<Key, V> networks = byPrefix.computeIfAbsent(prefix, bits -> new HashMap<>());
            networks.put(network, change.apply(networks.get(network)));
            List<Prefix<V>> ordered = new ArrayList<>(byPrefix.size());
            byPrefix.forEach((bits, values) -> ordered.add(new Prefix<>(bits, values)));
            longestFirst = ordered;
        }

        @Nullable
        V longest(Key address) {
            for (int i = 0; i < longestFirst.size(); i++) {
                Prefix<V> prefix = longestFirst.get(i);
                V value = prefix.networks.get(address.masked(prefix.bits));
                if (value != null) {
                    return value;
                }
            }
            return null;
        }

        void each(Key address, Predicate<V> isEnough) {
            for (int i = 0; i < longestFirst.size(); i++) {
                Prefix<V> prefix = longestFirst.get(i);
                V value = prefix.networks.get(address.masked(prefix.bits));
                if (value != null && isEnough.test(value)) {
                    return;
                }
            }
        }
    }
}
