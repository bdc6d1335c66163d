package kwangmyong.access.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Which attachment an address belongs to: that of the longest prefix; of equal ranges the first written counts. Every request asks, so what ranges of
 * IPv4 say is laid out from edge to edge of them in two arrays.
 */
final class AttachmentIndex {
    private final RangeMap<Attachment> ranges = new RangeMap<>();
    /** Where a stretch of IPv4 addresses begins that all belong to one attachment, or to none; ascending, from the lowest address. */
    private final long[] edges;

    private final @Nullable Attachment[] behind;

    AttachmentIndex(List<Attachment> attachments) {
        SortedSet<Long> all = new TreeSet<>(List.of(0L));
        for (Attachment attachment : attachments) {
            for (AddressRange range : attachment.ranges()) {
                ranges.update(range, first -> first == null ? attachment : first);
                if (range.network() instanceof Inet4Address network) {
                    all.add(number(network));
                    all.add(number(network) + (1L << (Integer.SIZE - range.prefix())));
                }
            }
        }
        all.remove(1L << Integer.SIZE);
        edges = all.stream().mapToLong(Long::longValue).toArray();
        behind = new Attachment[edges.length];
        Arrays.setAll(behind, i -> ranges.longest(address(edges[i])));
    }

    private static long number(Inet4Address address) {
        byte[] octets = address.getAddress();
        return (octets[0] & 0xffL) << 24 | (octets[1] & 0xffL) << 16 | (octets[2] & 0xffL) << 8 | (octets[3] & 0xffL);
    }

    private static InetAddress address(long number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // four octets are an address
        }
    }

    @Nullable
    Attachment find(InetAddress address) {
        if (address instanceof Inet4Address four) {
            int found = Arrays.binarySearch(edges, number(four));
            return behind[found >= 0 ? found : -found - 2];
        }
        return ranges.longest(address);
    }
}
