package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.lab.yaml.Faults;
import org.jspecify.annotations.Nullable;

/** Finds what falls together in loopback mode, where the first octet of every address becomes 127. IPv6 has one loopback address and is left out. */
final class Loopback {
    private static final int LOOPBACK_NETWORK = 127;
    private static final int FIRST_OCTET = 8;

    private Loopback() {}

    static void check(Section attachments, List<Attachment> places, Listeners listeners, Faults faults) {
        listeners.refuseHighPortsInLoopback(faults);
        refuseRanges(attachments, places, faults);
        refuseListeners(listeners, faults);
    }

    private static void refuseRanges(Section attachments, List<Attachment> places, Faults faults) {
        Map<String, Section> sections = attachments.named();
        for (int i = 0; i < places.size(); i++) {
            for (Attachment before : places.subList(0, i)) {
                refuse(sections.get(places.get(i).name()), places.get(i), before, faults);
            }
        }
    }

    private static void refuse(@Nullable Section section, Attachment place, Attachment before, Faults faults) {
        if (section == null) {
            return;
        }
        for (AddressRange range : place.ranges()) {
            for (AddressRange other : before.ranges()) {
                if (range.network().getAddress().length == 4
                        && other.network().getAddress().length == 4
                        && !PlaceReader.overlap(range, other)
                        && PlaceReader.overlap(mapped(range), mapped(other))) {
                    section.fault(
                            "range",
                            range + " and " + other + " of '" + before.name() + "' are both " + mapped(range)
                                    + " in loopback mode",
                            faults);
                }
            }
        }
    }

    private static AddressRange mapped(AddressRange range) {
        int prefix = Math.max(range.prefix(), FIRST_OCTET);
        return AddressRange.parse(LOOPBACK_NETWORK
                + range.network()
                        .getHostAddress()
                        .substring(range.network().getHostAddress().indexOf('.'))
                + "/" + prefix);
    }

    private static void refuseListeners(Listeners listeners, Faults faults) {
        AddressPlan plan = AddressPlan.loopback(0, List.of());
        Map<String, Listeners.Listener> taken = new HashMap<>();
        for (Listeners.Listener listener : listeners.all()) {
            InetAddress address = listener.address();
            if (address.getAddress().length == 4) {
                String place = plan.socket(address).getHostAddress() + " " + listener.port();
                Listeners.Listener other = taken.putIfAbsent(place, listener);
                if (other != null && !other.address().equals(address)) {
                    listener.ports()
                            .fault(
                                    listener.key(),
                                    "port " + listener.port() + " at " + address.getHostAddress()
                                            + " and that of " + other.shown() + " at "
                                            + other.address().getHostAddress()
                                            + " are one in loopback mode",
                                    faults);
                }
            }
        }
    }
}
