package kwangmyong.border.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * A view of one Ethernet frame, used again for the next: what {@link #read} found. Addresses are 128 bits, those of IPv4 mapped into IPv6
 * (RFC 4291 §2.5.5.2). Nothing is copied or allocated. Of one thread.
 */
public final class Packet {
    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;

    /** Octets of an Ethernet header. */
    public static final int ETHERNET = 14;

    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_ARP = 0x0806;
    static final int TYPE_IPV6 = 0x86dd;

    private final Headers headers = new Headers(this);

    ByteBuffer octets = ByteBuffer.allocate(0);
    int start;
    /** Behind the last octet of the packet: padding of the frame is not part of it. */
    int end;

    boolean isV4;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int protocol;
    int sourcePort;
    int destinationPort;
    int network;
    int transport;
    int payload;
    int tcpFlags;
    long fragment;
    boolean isFragmented;

    /**
     * Reads a frame. Never throws, whatever is in it.
     *
     * @param from where it begins; {@code length} octets from there are within the limit
     */
    public Kind read(ByteBuffer frame, int from, int length) {
        octets = frame;
        start = from;
        end = from + length;
        fragment = 0;
        isFragmented = false;
        tcpFlags = 0;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        network = from + ETHERNET;
        transport = end;
        payload = end;
        if (length < ETHERNET) {
            return Kind.MALFORMED;
        }
        return switch (frame.getShort(from + 12) & 0xffff) {
            case TYPE_IPV4 -> headers.ipv4();
            case TYPE_IPV6 -> headers.ipv6();
            case TYPE_ARP -> length >= ETHERNET + 28 ? Kind.NEIGHBOUR : Kind.MALFORMED;
            default -> Kind.LOCAL;
        };
    }

    public boolean isV4() {
        return isV4;
    }

    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /** By number; behind extension headers where there are any. */
    public int protocol() {
        return protocol;
    }

    /** Of TCP and UDP; of an ICMP query its identifier; else 0. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Of TCP and UDP; of an ICMP query its identifier; else 0. */
    public int destinationPort() {
        return destinationPort;
    }

    /** Of TCP; else 0. */
    public int tcpFlags() {
        return tcpFlags;
    }

    public int tcpSequence() {
        return octets.getInt(transport + 4);
    }

    public int tcpAcknowledged() {
        return octets.getInt(transport + 8);
    }

    /** Octets behind the header of the transport, of a TCP segment or UDP datagram. */
    public int payloadLength() {
        return end - payload;
    }

    /** Where they are in the buffer. */
    public int payload() {
        return payload;
    }

    /** Whether this is the first of several fragments, or a further one. */
    public boolean isFragmented() {
        return isFragmented;
    }

    /** Of a fragment, its packet's number; of IPv4 with its protocol. */
    public long fragment() {
        return fragment;
    }

    /**
     * Writes the Ethernet header of the frame.
     *
     * @param turned the other way round
     */
    public void ethernet(ByteBuffer to, boolean turned) {
        to.put(0, octets, start, ETHERNET);
        if (turned) {
            to.put(0, turned(to), 0, ETHERNET);
        }
    }

    /** An Ethernet header of a frame that goes the other way. */
    public static ByteBuffer turned(ByteBuffer header) {
        return ByteBuffer.allocate(ETHERNET)
                .put(0, header, 6, 6)
                .put(6, header, 0, 6)
                .putShort(12, header.getShort(12));
    }

    /** An address out of its two halves. */
    public static InetAddress address(long high, long low) {
        boolean mapped = high == 0 && low >>> 32 == 0xffff;
        byte[] bytes = mapped
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        }
    }

    /** The lower half of an IPv4 address; the upper is 0. */
    static long mapped(int address) {
        return 0xffff_0000_0000L | (address & 0xffff_ffffL);
    }
}
