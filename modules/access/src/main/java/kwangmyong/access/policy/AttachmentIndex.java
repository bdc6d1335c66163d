package kwangmyong.access.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Which attachment an address belongs to. One hash look-up for each prefix length in use, longest first, so that the number of ranges does
 * not matter. Of equal ranges the first written counts.
 */
final class AttachmentIndex {
    private static final int IPV4_BYTES = 4;

    private final Family ipv4;
    private final Family ipv6;

    AttachmentIndex(List<Attachment> attachments) {
        ipv4 = new Family();
        ipv6 = new Family();
        for (Attachment attachment : attachments) {
            for (AddressRange range : attachment.ranges()) {
                boolean old = range.network().getAddress().length == IPV4_BYTES;
                (old ? ipv4 : ipv6).add(range, attachment);
            }
        }
        ipv4.order();
        ipv6.order();
    }

    @Nullable
    Attachment find(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES ? ipv4.find(key(bytes)) : ipv6.find(key(bytes));
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

    private static final class Family {
        private final Map<Integer, Map<Key, Attachment>> byPrefix = new TreeMap<>(Comparator.reverseOrder());
        private final List<Prefix> longestFirst = new ArrayList<>();

        private record Prefix(int bits, Map<Key, Attachment> networks) {}

        void add(AddressRange range, Attachment attachment) {
            byPrefix.computeIfAbsent(range.prefix(), bits -> new HashMap<>())
                    .putIfAbsent(key(range.network().getAddress()), attachment);
        }

        void order() {
            byPrefix.forEach((bits, networks) -> longestFirst.add(new Prefix(bits, networks)));
        }

        @Nullable
        Attachment find(Key address) {
            for (int i = 0; i < longestFirst.size(); i++) {
                Prefix prefix = longestFirst.get(i);
                Attachment attachment = prefix.networks.get(address.masked(prefix.bits));
                if (attachment != null) {
                    return attachment;
                }
            }
            return null;
        }
    }
}
