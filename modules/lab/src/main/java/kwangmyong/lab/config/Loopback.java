package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.lab.yaml.Faults;

/** Finds attachments that fall together in loopback mode, where the first octet of every IPv4 address becomes 127. */
final class Loopback {
    private static final int LOOPBACK_NETWORK = 127;
    private static final int FIRST_OCTET = 8;

    private Loopback() {}

    /** A range, whose it is, and what becomes of it. */
    private record Mapped(AddressRange range, String attachment, AddressRange mapped) {}

    static void check(Section attachments, List<Attachment> places, Faults inLoopback) {
        Map<String, Section> sections = attachments.named();
        Ranges<Mapped> taken = new Ranges<>();
        for (Attachment place : places) {
            List<Mapped> own = new ArrayList<>();
            for (AddressRange range : place.ranges()) {
                if (range.network().getAddress().length == 4) {
                    own.add(new Mapped(range, place.name(), mapped(range)));
                }
            }
            for (Mapped one : own) {
                taken.overlapping(one.mapped)
                        .filter(other -> !Ranges.overlap(one.range, other.range))
                        .ifPresent(other -> {
                            Section section = sections.getOrDefault(place.name(), attachments);
                            section.fault(
                                    "range",
                                    one.range + " and " + other.range + " of '" + other.attachment + "' are both "
                                            + one.mapped + " in loopback mode",
                                    inLoopback);
                        });
            }
            own.forEach(one -> taken.add(one.mapped, one));
        }
    }

    private static AddressRange mapped(AddressRange range) {
        String network = range.network().getHostAddress();
        int prefix = Math.max(range.prefix(), FIRST_OCTET);
        return AddressRange.parse(LOOPBACK_NETWORK + network.substring(network.indexOf('.')) + "/" + prefix);
    }
}
