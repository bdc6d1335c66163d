package kwangmyong.kernel.place;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * How the lab's addresses become sockets of this machine, and back. In the isolated and container modes they are the same. In loopback
 * mode the first octet becomes 127 and ports move up, so that every subject still has a terminal of its own to speak from.
 */
public final class AddressPlan {
    /** Added to each port in loopback mode, so that no privilege is needed. */
    public static final int LOOPBACK_PORT_SHIFT = 10_000;

    private static final int LOOPBACK = 127;

    private final boolean loopback;
    private final int portShift;
    private final List<AddressRange> terminals;

    private AddressPlan(boolean loopback, int portShift, List<AddressRange> terminals) {
        this.loopback = loopback;
        this.portShift = portShift;
        this.terminals = terminals;
    }

    /** Sockets stand where the configuration says. */
    public static AddressPlan real() {
        return new AddressPlan(false, 0, List.of());
    }

    /**
     * Sockets stand on 127/8.
     *
     * @param offset added to every port beside {@value #LOOPBACK_PORT_SHIFT}, for labs side by side
     * @param terminals the ranges that terminals speak from: they tell 127.45.176.1 of 175/8 from one of 10/8 on the way back
     */
    public static AddressPlan loopback(int offset, List<AddressRange> terminals) {
        return new AddressPlan(true, LOOPBACK_PORT_SHIFT + offset, List.copyOf(terminals));
    }

    public boolean isLoopback() {
        return loopback;
    }

    /**
     * Where to open or reach the socket of a lab address. Port 0 stays 0. An IPv6 address becomes {@code ::1} in loopback mode.
     *
     * @throws IllegalArgumentException when the shifted port passes 65535
     */
    public InetSocketAddress socket(InetSocketAddress labAddress) {
        if (!loopback) {
            return labAddress;
        }
        int port = labAddress.getPort() == 0 ? 0 : labAddress.getPort() + portShift;
        return new InetSocketAddress(socket(labAddress.getAddress()), port);
    }

    /** The machine's address for a lab address, without a port: what a terminal binds before it speaks. */
    public InetAddress socket(InetAddress labAddress) {
        if (!loopback) {
            return labAddress;
        }
        byte[] bytes = labAddress.getAddress();
        if (bytes.length != 4) {
            return ipv6Loopback();
        }
        bytes[0] = LOOPBACK;
        return address(bytes);
    }

    /** The lab address of a peer that a socket saw; IPv4-mapped IPv6 addresses are unwrapped. */
    public InetAddress lab(InetAddress peer) {
        if (!loopback) {
            return peer;
        }
        byte[] bytes = peer.getAddress();
        if (bytes.length != 4 || bytes[0] != LOOPBACK) {
            return peer;
        }
        for (AddressRange range : terminals) {
            byte[] first = range.network().getAddress();
            if (first.length == 4) {
                bytes[0] = first[0];
                InetAddress candidate = address(bytes);
                if (range.contains(candidate)) {
                    return candidate;
                }
            }
        }
        bytes[0] = 10;
        return address(bytes);
    }

    private static InetAddress ipv6Loopback() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for a length that is neither 4 nor 16
        }
    }
}
