package kwangmyong.lab.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kwangmyong.kernel.place.AddressRange;

/** Address ranges that do not overlap one another, by first address: finds in logarithmic time what an address or a range falls into. */
final class Ranges<T> {
    private final TreeMap<BigInteger, Owned<T>> ranges = new TreeMap<>();

    private record Owned<T>(AddressRange range, T owner) {}

    /** Adds a range, unless it overlaps one that is there. */
    void add(AddressRange range, T owner) {
        if (overlapping(range).isEmpty()) {
            ranges.put(number(range.network()), new Owned<>(range, owner));
        }
    }

    Optional<T> containing(InetAddress address) {
        return before(address).filter(owned -> owned.range.contains(address)).map(Owned::owner);
    }

    /** Who has a range that shares an address with this one. Two blocks either share nothing or one lies within the other. */
    Optional<T> overlapping(AddressRange range) {
        Optional<T> around = containing(range.network());
        if (around.isPresent()) {
            return around;
        }
        return Optional.ofNullable(ranges.higherEntry(number(range.network())))
                .map(Map.Entry::getValue)
                .filter(owned -> range.contains(owned.range.network()))
                .map(Owned::owner);
    }

    static boolean overlap(AddressRange one, AddressRange other) {
        return one.contains(other.network()) || other.contains(one.network());
    }

    private Optional<Owned<T>> before(InetAddress address) {
        return Optional.ofNullable(ranges.floorEntry(number(address))).map(Map.Entry::getValue);
    }

    /** A number that orders addresses, those of IPv4 before all of IPv6. */
    private static BigInteger number(InetAddress address) {
        byte[] bytes = address.getAddress();
        BigInteger number = new BigInteger(1, bytes);
        return bytes.length == 4 ? number : number.setBit(128);
    }
}
