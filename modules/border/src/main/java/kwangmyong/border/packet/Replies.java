package kwangmyong.border.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Packets that the border makes itself, to say no. They come back in one buffer, which the next overwrites. Of one thread. */
public final class Replies {
    private static final int HOPS = 64;
    /** Of an ICMP error in all, RFC 1812 §4.3.2.3. */
    private static final int MOST_V4 = 576;
    /** RFC 4443 §2.4. */
    private static final int MOST_V6 = 1280;

    private static final int UNREACHABLE_V4 = 3;
    private static final int PROHIBITED_V4 = 13;
    private static final int UNREACHABLE_V6 = 1;
    private static final int PROHIBITED_V6 = 1;

    private final ByteBuffer made = ByteBuffer.allocateDirect(Packet.ETHERNET + MOST_V6);

    /** Where they are made. */
    public ByteBuffer octets() {
        return made;
    }

    /** What a peer's segment is answered with where there is no connection, RFC 9293 §3.10.7.1; null where that is nothing. */
    public @Nullable ByteBuffer reset(Packet refused) {
        if ((refused.tcpFlags & Packet.RST) != 0) {
            return null;
        }
        boolean acknowledges = (refused.tcpFlags & Packet.ACK) != 0;
        int counted = refused.payloadLength()
                + ((refused.tcpFlags & Packet.SYN) != 0 ? 1 : 0)
                + ((refused.tcpFlags & Packet.FIN) != 0 ? 1 : 0);
        back(refused);
        addresses(
                refused.isV4,
                refused.destinationHigh,
                refused.destinationLow,
                refused.sourceHigh,
                refused.sourceLow,
                Packet.TCP,
                20);
        return segment(
                refused.isV4,
                refused.destinationPort,
                refused.sourcePort,
                acknowledges ? refused.tcpAcknowledged() : 0,
                acknowledges ? 0 : refused.tcpSequence() + counted,
                acknowledges ? Packet.RST : Packet.RST | Packet.ACK);
    }

    /**
     * A reset to one end of an open connection, as if from the other.
     *
     * @param ethernet the first {@value Packet#ETHERNET} octets of a frame that goes there
     * @param sequence what that end waits for next (RFC 5961 §3.2)
     */
    public ByteBuffer reset(
            ByteBuffer ethernet,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int sequence) {
        boolean isV4 = sourceHigh == 0 && sourceLow >>> 32 == 0xffff;
        made.clear();
        made.put(0, ethernet, 0, Packet.ETHERNET);
        made.putShort(12, (short) (isV4 ? Packet.TYPE_IPV4 : Packet.TYPE_IPV6));
        addresses(isV4, sourceHigh, sourceLow, destinationHigh, destinationLow, Packet.TCP, 20);
        return segment(isV4, sourcePort, destinationPort, sequence, 0, Packet.RST);
    }

    /** That a packet is administratively prohibited; null where no error may be sent about it (RFC 1122 §3.2.2, RFC 4443 §2.4). */
    public @Nullable ByteBuffer prohibited(Packet refused) {
        int type = refused.transport < refused.end ? refused.octets.get(refused.transport) & 0xff : 0;
        boolean error = refused.protocol == Packet.ICMP
                ? type != 8 && type != 13
                : refused.protocol == Packet.ICMPV6 && type < 128;
        if (error) {
            return null;
        }
        int head = refused.isV4 ? 20 : 40;
        int most = (refused.isV4 ? MOST_V4 : MOST_V6) - head - 8;
        int quoted = Math.min(refused.end - refused.network, most);
        back(refused);
        addresses(
                refused.isV4,
                refused.destinationHigh,
                refused.destinationLow,
                refused.sourceHigh,
                refused.sourceLow,
                refused.isV4 ? Packet.ICMP : Packet.ICMPV6,
                8 + quoted);
        int at = Packet.ETHERNET + head;
        made.put(at, (byte) (refused.isV4 ? UNREACHABLE_V4 : UNREACHABLE_V6));
        made.put(at + 1, (byte) (refused.isV4 ? PROHIBITED_V4 : PROHIBITED_V6));
        made.putShort(at + 2, (short) 0);
        made.putInt(at + 4, 0);
        made.put(at + 8, refused.octets, refused.network, quoted);
        long sum = refused.isV4 ? 0 : pseudo(Packet.ICMPV6, 8 + quoted);
        made.putShort(at + 2, Checksum.of(Checksum.add(sum, made, at, 8 + quoted)));
        return made.position(0).limit(at + 8 + quoted);
    }

    /** The Ethernet header of a frame to where a packet came from. */
    private void back(Packet refused) {
        made.clear();
        made.put(0, refused.octets, refused.start + 6, 6);
        made.put(6, refused.octets, refused.start, 6);
        made.putShort(12, refused.octets.getShort(refused.start + 12));
    }

    private void addresses(
            boolean isV4, long sourceHigh, long sourceLow, long toHigh, long toLow, int protocol, int length) {
        int at = Packet.ETHERNET;
        if (isV4) {
            made.putInt(at, 0x45000000 | 20 + length);
            made.putInt(at + 4, 0x4000); // not to be fragmented
            made.putInt(at + 8, HOPS << 24 | protocol << 16);
            made.putInt(at + 12, (int) sourceLow);
            made.putInt(at + 16, (int) toLow);
            made.putShort(at + 10, Checksum.of(Checksum.add(0, made, at, 20)));
        } else {
            made.putInt(at, 0x60000000);
            made.putInt(at + 4, length << 16 | protocol << 8 | HOPS);
            made.putLong(at + 8, sourceHigh);
            made.putLong(at + 16, sourceLow);
            made.putLong(at + 24, toHigh);
            made.putLong(at + 32, toLow);
        }
    }

    private ByteBuffer segment(boolean isV4, int from, int to, int sequence, int acknowledged, int flags) {
        int at = Packet.ETHERNET + (isV4 ? 20 : 40);
        made.putShort(at, (short) from);
        made.putShort(at + 2, (short) to);
        made.putInt(at + 4, sequence);
        made.putInt(at + 8, acknowledged);
        made.putInt(at + 12, 5 << 28 | flags << 16);
        made.putInt(at + 16, 0);
        long sum = isV4 ? Checksum.add(Packet.TCP + 20L, made, Packet.ETHERNET + 12, 8) : pseudo(Packet.TCP, 20);
        made.putShort(at + 16, Checksum.of(Checksum.add(sum, made, at, 20)));
        return made.position(0).limit(at + 20);
    }

    /** RFC 8200 §8.1. */
    private long pseudo(int protocol, int length) {
        return Checksum.add((long) protocol + length, made, Packet.ETHERNET + 8, 32);
    }
}
