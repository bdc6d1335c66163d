package kwangmyong.access.policy;

import java.net.InetAddress;
import java.util.List;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/** Which attachment an address belongs to: that of the longest prefix; of equal ranges the first written counts. */
final class AttachmentIndex {
    private final RangeMap<Attachment> ranges = new RangeMap<>();

    AttachmentIndex(List<Attachment> attachments) {
        for (Attachment attachment : attachments) {
            for (AddressRange range : attachment.ranges()) {
                ranges.update(range, first -> first == null ? attachment : first);
            }
        }
    }

    @Nullable
    Attachment find(InetAddress address) {
        return ranges.longest(address);
    }
}
