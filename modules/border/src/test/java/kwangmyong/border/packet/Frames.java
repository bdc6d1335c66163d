package kwangmyong.border.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import kwangmyong.kernel.place.Addresses;

/** Frames written by hand. */
public final class Frames {
    private static final byte[] ETHERNET = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};

    private Frames() {}

    /** A TCP segment; addresses of one family. */
    public static byte[] tcp(String from, int port, String to, int toPort, int flags, int sequence, int acknowledged) {
        ByteBuffer segment = ByteBuffer.allocate(24)
                .putShort((short) port)
                .putShort((short) toPort)
                .putInt(sequence)
                .putInt(acknowledged)
                .putShort((short) (5 << 12 | flags))
                .putShort((short) 1000)
                .putInt(0)
                .put(new byte[] {'a', 'b', 'c', 'd'});
        return ip(from, to, Packet.TCP, segment.array());
    }

    public static byte[] tcp(String from, int port, String to, int toPort, int flags) {
        return tcp(from, port, to, toPort, flags, 100, 200);
    }

    public static byte[] udp(String from, int port, String to, int toPort, int payload) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + payload)
                .putShort((short) port)
                .putShort((short) toPort)
                .putShort((short) (8 + payload))
                .putShort((short) 0);
        return ip(from, to, Packet.UDP, datagram.array());
    }

    /** An ICMP message of either family. */
    public static byte[] icmp(String from, String to, int type, int code, byte[] rest) {
        ByteBuffer message = ByteBuffer.allocate(4 + rest.length)
                .put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .put(rest);
        return ip(from, to, from.contains(":") ? Packet.ICMPV6 : Packet.ICMP, message.array());
    }

    /** An ICMP error about a frame. */
    public static byte[] error(String from, String to, int type, byte[] about) {
        byte[] rest = ByteBuffer.allocate(4 + about.length - 14)
                .position(4)
                .put(about, 14, about.length - 14)
                .array();
        return icmp(from, to, type, 1, rest);
    }

    public static byte[] ip(String from, String to, int protocol, byte[] payload) {
        return from.contains(":") ? ipv6(from, to, protocol, payload) : ipv4(from, to, protocol, 0, 7, payload);
    }

    /**
     * A packet of IPv4.
     *
     * @param fragmentation flags and offset as they stand in the header
     */
    public static byte[] ipv4(String from, String to, int protocol, int fragmentation, int id, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(34 + payload.length)
                .put(ETHERNET)
                .putShort((short) 0x0800)
                .putShort((short) 0x4500)
                .putShort((short) (20 + payload.length))
                .putShort((short) id)
                .putShort((short) fragmentation)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(octets(from))
                .put(octets(to))
                .put(payload);
        frame.putShort(24, Checksum.of(Checksum.add(0, frame, 14, 20)));
        return frame.array();
    }

    public static byte[] ipv6(String from, String to, int next, byte[] payload) {
        return ByteBuffer.allocate(54 + payload.length)
                .put(ETHERNET)
                .putShort((short) 0x86dd)
                .putInt(0x60000000)
                .putShort((short) payload.length)
                .put((byte) next)
                .put((byte) 255)
                .put(octets(from))
                .put(octets(to))
                .put(payload)
                .array();
    }

    /** What stands behind the Ethernet and IP headers. */
    public static byte[] payload(byte[] frame) {
        int from = frame[12] == 8 ? 34 : 54;
        return java.util.Arrays.copyOfRange(frame, from, frame.length);
    }

    public static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] octets(String address) {
        InetAddress read = Addresses.parse(address);
        return read.getAddress();
    }
}
