package kwangmyong.access.diff;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/** One terminal of every kind that two sets of attachments can tell apart. */
final class PlaceClasses {
    private PlaceClasses() {}

    /**
     * A kind of terminals.
     *
     * @param terminal one of them
     * @param before where they are plugged in before; null for nowhere
     * @param after where they are plugged in after; null for nowhere
     */
    record Place(
            InetAddress terminal,
            @Nullable Attachment before,
            @Nullable Attachment after) {
        /** The attachment's name; of terminals that move to another, the two; null for nowhere. */
        @Nullable
        String shown() {
            String one = before == null ? null : before.name();
            String other = after == null ? null : after.name();
            if (one == null && other == null) {
                return null;
            } else if (one != null && one.equals(other)) {
                return one;
            }
            return (one == null ? "nowhere" : one) + ", then " + (other == null ? "nowhere" : other);
        }
    }

    private record Kind(@Nullable String before, @Nullable String after) {}

    static List<Place> of(PolicySnapshot before, PolicySnapshot after) {
        List<AddressRange> ranges = new ArrayList<>();
        before.policy().attachments().forEach(attachment -> ranges.addAll(attachment.ranges()));
        after.policy().attachments().forEach(attachment -> ranges.addAll(attachment.ranges()));
        List<Place> places = new ArrayList<>();
        Set<Kind> seen = new HashSet<>();
        for (InetAddress terminal : AddressClasses.ofRanges(ranges)) {
            var place = new Place(terminal, before.attachmentOf(terminal), after.attachmentOf(terminal));
            if (seen.add(new Kind(name(place.before()), name(place.after())))) {
                places.add(place);
            }
        }
        return places;
    }

    private static @Nullable String name(@Nullable Attachment attachment) {
        return attachment == null ? null : attachment.name();
    }
}
