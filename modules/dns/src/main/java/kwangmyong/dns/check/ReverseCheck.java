package kwangmyong.dns.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.Collectors;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Reverse zones: owners that stand for an address, and names that lead back to it (RFC 1912 §2.1). */
final class ReverseCheck {
    private static final String IPV4 = ".in-addr.arpa";
    private static final String IPV6 = ".ip6.arpa";
    private static final int NIBBLES = 32;

    private ReverseCheck() {}

    static void of(HeldZone zone, Held held, Findings findings) {
        if (!Names.isReverse(zone.origin())) {
            return;
        }
        for (SourceRecord record : zone.reading().records()) {
            String owner = Data.owner(record);
            String target = Data.target(record);
            if (record.type() != RecordType.PTR || target == null || !Names.isWithin(owner, zone.origin())) {
                continue;
            }
            InetAddress address = address(owner);
            if (address == null) {
                findings.warning(
                        "ptr-owner",
                        zone,
                        record,
                        "'" + owner + "' stands for no address, so that nobody ever asks for it"
                                + (owner.startsWith("#")
                                        ? "; a comment begins with ';' in a zone file, '#' is part of the name"
                                        : ""));
            } else if (LostDot.in(target, zone.origin())) {
                findings.warning(
                        "lost-dot",
                        zone,
                        record,
                        "points at " + target
                                + ": the name lost its last dot, and so the zone's own was put behind it");
            } else {
                forward(zone, held, findings, record, address, target);
            }
        }
    }

    private static void forward(
            HeldZone zone, Held held, Findings findings, SourceRecord record, InetAddress address, String target) {
        HeldZone there = held.enclosing(target);
        if (there == null || there.cut(target) != null) {
            return;
        }
        var addresses = held.addressRecords(target).stream()
                .map(Data::address)
                .filter(Objects::nonNull)
                .toList();
        if (!addresses.contains(address)) {
            String known = addresses.isEmpty()
                    ? "has no address"
                    : "is at "
                            + addresses.stream()
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", "));
            findings.warning(
                    "ptr-forward",
                    zone,
                    record,
                    address.getHostAddress() + " is named " + target + ", which " + known
                            + ": mail servers refuse a sender whose name does not lead back");
        }
    }

    /** The address that a name of a reverse zone stands for (RFC 1035 §3.5, RFC 3596 §2.5); null when none. */
    static @Nullable InetAddress address(String owner) {
        try {
            if (owner.endsWith(IPV4)) {
                String[] parts =
                        owner.substring(0, owner.length() - IPV4.length()).split("\\.", -1);
                byte[] octets = new byte[4];
                if (parts.length != octets.length) {
                    return null;
                }
                for (int i = 0; i < parts.length; i++) {
                    if (!parts[i].matches("0|[1-9]\\d{0,2}") || Integer.parseInt(parts[i]) > 255) {
                        return null;
                    }
                    octets[octets.length - 1 - i] = (byte) Integer.parseInt(parts[i]);
                }
                return InetAddress.getByAddress(octets);
            }
            return owner.endsWith(IPV6) ? ipv6(owner.substring(0, owner.length() - IPV6.length())) : null;
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        }
    }

    private static @Nullable InetAddress ipv6(String text) throws UnknownHostException {
        String[] nibbles = text.split("\\.", -1);
        if (nibbles.length != NIBBLES) {
            return null;
        }
        byte[] octets = new byte[NIBBLES / 2];
        for (int i = 0; i < NIBBLES; i++) {
            if (!nibbles[i].matches("[0-9a-f]")) {
                return null;
            }
            int place = NIBBLES - 1 - i;
            octets[place / 2] |= (byte) (Integer.parseInt(nibbles[i], 16) << (place % 2 == 0 ? 4 : 0));
        }
        return InetAddress.getByAddress(octets);
    }
}
