package kwangmyong.access.diff;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;

/** One address of every kind that some ranges can tell apart: the first of each stretch in which nothing begins or ends. */
final class AddressClasses {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int BITS = 8;
    /** How many addresses of one ending are tried in each stretch. */
    private static final int ENDINGS = 3;

    private static final Pattern ENDING = Pattern.compile(
            "(?:\\*\\.|\\.)?(?:\\*|\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.(?:\\*|\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5]))*");

    private final Set<BigInteger> ipv4 = new TreeSet<>();
    private final Set<BigInteger> ipv6 = new TreeSet<>();

    private AddressClasses() {
        ipv4.add(BigInteger.ZERO);
        ipv6.add(BigInteger.ZERO);
    }

    static Set<InetAddress> ofRanges(Collection<AddressRange> ranges) {
        var classes = new AddressClasses();
        ranges.forEach(classes::add);
        return classes.addresses();
    }

    /** Of all that patterns say of addresses: ranges, and names that are one. */
    static Set<InetAddress> ofPatterns(Collection<NamePattern> patterns) {
        var classes = new AddressClasses();
        for (NamePattern pattern : patterns) {
            AddressRange range = pattern.range();
            if (range != null) {
                classes.add(range);
            } else if (Addresses.isNumeric(pattern.text())) {
                classes.add(AddressRange.parse(pattern.text()));
            }
        }
        patterns.forEach(classes::addEndings);
        return classes.addresses();
    }

    /** A name's pattern may cover addresses as well, since {@code .0.1} is how some end: a few of each stretch that do. */
    private void addEndings(NamePattern pattern) {
        String text = pattern.text();
        boolean isEnding = !pattern.isEverything()
                && pattern.range() == null
                && ENDING.matcher(text).matches();
        if (!isEnding) {
            return;
        }
        long mask = 0;
        long value = 0;
        String[] labels = text.replaceFirst("^(\\*\\.|\\.)", "").split("\\.", -1);
        if (labels.length >= IPV4_BYTES) {
            return;
        }
        for (int i = 0; i < labels.length; i++) {
            int shift = (labels.length - 1 - i) * BITS;
            if (!labels[i].equals("*")) {
                mask |= 0xffL << shift;
                value |= Long.parseLong(labels[i]) << shift;
            }
        }
        for (BigInteger start : List.copyOf(ipv4)) {
            long first = (start.longValue() & ~mask) | value;
            for (int i = 0; i < ENDINGS; i++) {
                ipv4.add(BigInteger.valueOf(first + ((long) i << (labels.length * BITS))));
            }
        }
    }

    private void add(AddressRange range) {
        byte[] network = range.network().getAddress();
        BigInteger first = new BigInteger(1, network);
        Set<BigInteger> family = network.length == IPV4_BYTES ? ipv4 : ipv6;
        family.add(first);
        family.add(first.add(BigInteger.ONE.shiftLeft(network.length * BITS - range.prefix())));
    }

    private Set<InetAddress> addresses() {
        Set<InetAddress> all = new LinkedHashSet<>();
        ipv4.forEach(number -> add(all, number, IPV4_BYTES));
        ipv6.forEach(number -> add(all, number, IPV6_BYTES));
        return all;
    }

    /** An end that is past the last address is none. */
    private static void add(Set<InetAddress> all, BigInteger number, int length) {
        if (number.bitLength() > length * BITS) {
            return;
        }
        byte[] bytes = new byte[length];
        byte[] magnitude = number.toByteArray();
        int count = Math.min(magnitude.length, length);
        System.arraycopy(magnitude, magnitude.length - count, bytes, length - count, count);
        try {
            all.add(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        }
    }
}
