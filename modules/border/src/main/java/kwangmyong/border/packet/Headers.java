package kwangmyong.border.packet;

import java.nio.ByteBuffer;

/**
 * Reads the headers of IPv4 (RFC 791) and IPv6 with its extension headers (RFC 8200), of TCP (RFC 9293), UDP (RFC 768) and ICMP (RFC 792,
 * RFC 4443) into a {@link Packet}. What is cut short, lies about its length, or hides its ports in a second fragment is malformed
 * (RFC 1858, RFC 3128, RFC 7112).
 */
final class Headers {
    private static final int MOST_EXTENSIONS = 8;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;

    private static final int QUOTED = 8;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int HOPS_OF_A_NEIGHBOUR = 255;

    private final Packet packet;

    Headers(Packet packet) {
        this.packet = packet;
    }

    Kind ipv4() {
        ByteBuffer octets = packet.octets;
        int at = packet.network;
        if (packet.end - at < 20) {
            return Kind.MALFORMED;
        }
        int header = (octets.get(at) & 0xf) * 4;
        int length = octets.getShort(at + 2) & 0xffff;
        boolean sound =
                (octets.get(at) & 0xf0) == 0x40 && header >= 20 && length >= header && length <= packet.end - at;
        if (!sound || !Checksum.isRight(Checksum.add(0, octets, at, header))) {
            return Kind.MALFORMED;
        }
        packet.end = at + length;
        addressesV4(at);
        int fragmentation = octets.getShort(at + 6) & 0xffff;
        int offset = (fragmentation & 0x1fff) * 8;
        packet.protocol = octets.get(at + 9) & 0xff;
        packet.transport = at + header;
        if (isForMany(octets.getInt(at + 16))) {
            return Kind.LOCAL;
        }
        boolean more = (fragmentation & 0x2000) != 0;
        return fragmented(offset, more, octets.getShort(at + 4) & 0xffffL);
    }

    private void addressesV4(int at) {
        packet.isV4 = true;
        packet.sourceHigh = 0;
        packet.sourceLow = Packet.mapped(packet.octets.getInt(at + 12));
        packet.destinationHigh = 0;
        packet.destinationLow = Packet.mapped(packet.octets.getInt(at + 16));
    }

    /** Multicast, broadcast, and what is reserved. */
    private static boolean isForMany(int address) {
        return address >>> 28 >= 0xe;
    }

    Kind ipv6() {
        ByteBuffer octets = packet.octets;
        int at = packet.network;
        if (packet.end - at < 40) {
            return Kind.MALFORMED;
        }
        int length = octets.getShort(at + 4) & 0xffff;
        if ((octets.get(at) & 0xf0) != 0x60 || length > packet.end - at - 40) {
            return Kind.MALFORMED;
        }
        packet.end = at + 40 + length;
        addressesV6(at);
        if (!extensions(at)) {
            return Kind.MALFORMED;
        }
        if (packet.destinationHigh >>> 56 == 0xff && !isNeighbour(at)) {
            return Kind.LOCAL;
        }
        return fragmented(offset, more, number);
    }

    private int offset;
    private boolean more;
    private long number;

    private void addressesV6(int at) {
        packet.isV4 = false;
        packet.sourceHigh = packet.octets.getLong(at + 8);
        packet.sourceLow = packet.octets.getLong(at + 16);
        packet.destinationHigh = packet.octets.getLong(at + 24);
        packet.destinationLow = packet.octets.getLong(at + 32);
    }

    /** Goes behind the extension headers; false where they do not end, or end too late. */
    private boolean extensions(int at) {
        ByteBuffer octets = packet.octets;
        int next = octets.get(at + 6) & 0xff;
        int here = at + 40;
        offset = 0;
        more = false;
        for (int i = 0; i <= MOST_EXTENSIONS; i++) {
            boolean last = next != HOP_BY_HOP
                    && next != ROUTING
                    && next != FRAGMENT
                    && next != AUTHENTICATION
                    && next != DESTINATION;
            if (last || offset > 0) {
                packet.protocol = next;
                packet.transport = here;
                return true;
            } else if (packet.end - here < 8) {
                return false;
            }
            int length = ((octets.get(here + 1) & 0xff) + 1) * 8;
            if (next == FRAGMENT) {
                int fragmentation = octets.getShort(here + 2) & 0xffff;
                offset = fragmentation & 0xfff8;
                more = (fragmentation & 1) != 0;
                number = octets.getInt(here + 4) & 0xffff_ffffL;
                length = 8;
            } else if (next == AUTHENTICATION) {
                length = ((octets.get(here + 1) & 0xff) + 2) * 4;
            }
            next = octets.get(here) & 0xff;
            here += length;
            if (here > packet.end) {
                return false;
            }
        }
        return false;
    }

    private boolean isNeighbour(int at) {
        int type = packet.transport < packet.end ? packet.octets.get(packet.transport) & 0xff : 0;
        return packet.protocol == Packet.ICMPV6
                && (type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT)
                && (packet.octets.get(at + 7) & 0xff) == HOPS_OF_A_NEIGHBOUR;
    }

    private Kind fragmented(int at, boolean andMore, long id) {
        if (at == 0 && !andMore) {
            return transport();
        }
        packet.isFragmented = true;
        packet.fragment = packet.isV4 ? id << 8 | packet.protocol : id; // RFC 791 §3.1, RFC 8200 §4.5
        if (at == 0) {
            return transport();
        }
        boolean overTheHeader = packet.protocol == Packet.TCP && at == 8;
        return overTheHeader ? Kind.MALFORMED : Kind.FRAGMENT;
    }

    private Kind transport() {
        int at = packet.transport;
        int room = packet.end - at;
        ByteBuffer octets = packet.octets;
        switch (packet.protocol) {
            case Packet.TCP -> {
                int header = room < 20 ? 0 : (octets.get(at + 12) >>> 4 & 0xf) * 4;
                if (header < 20 || header > room) {
                    return Kind.MALFORMED;
                }
                packet.tcpFlags = octets.get(at + 13) & 0x3f;
                packet.payload = at + header;
            }
            case Packet.UDP -> {
                int length = room < 8 ? 0 : octets.getShort(at + 4) & 0xffff;
                if (length < 8 || (length > room && !packet.isFragmented)) {
                    return Kind.MALFORMED;
                }
                packet.payload = at + 8;
            }
            case Packet.ICMP -> {
                return packet.isV4 ? room < 8 ? Kind.MALFORMED : icmp(at) : Kind.LOCAL;
            }
            case Packet.ICMPV6 -> {
                return packet.isV4 ? Kind.LOCAL : room < 4 ? Kind.MALFORMED : icmpV6(at, room);
            }
            default -> {
                return Kind.FLOW;
            }
        }
        packet.sourcePort = octets.getShort(at) & 0xffff;
        packet.destinationPort = octets.getShort(at + 2) & 0xffff;
        return Kind.FLOW;
    }

    private Kind icmp(int at) {
        int type = packet.octets.get(at) & 0xff;
        return switch (type) {
            case 0, 8, 13, 14 -> query(at);
            case 3, 11, 12 -> quotedV4(at + QUOTED);
            default -> Kind.LOCAL; // redirects and router discovery are the link's; the rest is of another time
        };
    }

    private Kind icmpV6(int at, int room) {
        int type = packet.octets.get(at) & 0xff;
        if (type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT) {
            return isNeighbour(packet.network) ? Kind.NEIGHBOUR : Kind.MALFORMED;
        } else if (room < 8) {
            return Kind.MALFORMED;
        }
        return switch (type) {
            case 128, 129 -> query(at);
            case 1, 2, 3, 4 -> quotedV6(at + QUOTED);
            default -> Kind.LOCAL;
        };
    }

    private Kind query(int at) {
        packet.sourcePort = packet.octets.getShort(at + 4) & 0xffff;
        packet.destinationPort = packet.sourcePort;
        packet.payload = at + 8;
        return Kind.FLOW;
    }

    /**
     * What an ICMP error is about: as much of the packet as there is, its ports at least. It goes to the sender of that (RFC 792, RFC 4443 §2.2):
     * to anybody else it would carry what it likes past the decision.
     */
    private Kind quotedV4(int at) {
        ByteBuffer octets = packet.octets;
        int header = packet.end - at < 20 ? 0 : (octets.get(at) & 0xf) * 4;
        boolean whole = header >= 20 && (octets.get(at) & 0xf0) == 0x40 && packet.end - at >= header + 8;
        if (!whole || (octets.getShort(at + 6) & 0x1fff) != 0) {
            return Kind.MALFORMED;
        }
        long receiver = packet.destinationLow;
        addressesV4(at);
        packet.protocol = octets.get(at + 9) & 0xff;
        return packet.sourceLow == receiver ? quotedPorts(at + header) : Kind.MALFORMED;
    }

    private Kind quotedV6(int at) {
        if (packet.end - at < 48 || (packet.octets.get(at) & 0xf0) != 0x60) {
            return Kind.MALFORMED;
        }
        long receiverHigh = packet.destinationHigh;
        long receiver = packet.destinationLow;
        addressesV6(at);
        int outer = packet.transport;
        boolean ends = extensions(at) && packet.sourceHigh == receiverHigh && packet.sourceLow == receiver;
        int inner = packet.transport;
        packet.transport = outer;
        return ends && offset == 0 && packet.end - inner >= 8 ? quotedPorts(inner) : Kind.MALFORMED;
    }

    private Kind quotedPorts(int at) {
        ByteBuffer octets = packet.octets;
        switch (packet.protocol) {
            case Packet.TCP, Packet.UDP -> {
                packet.sourcePort = octets.getShort(at) & 0xffff;
                packet.destinationPort = octets.getShort(at + 2) & 0xffff;
            }
            case Packet.ICMP, Packet.ICMPV6 -> {
                packet.sourcePort = octets.getShort(at + 4) & 0xffff;
                packet.destinationPort = packet.sourcePort;
            }
            default -> {
                // it has none
            }
        }
        return Kind.ICMP_ERROR;
    }
}
