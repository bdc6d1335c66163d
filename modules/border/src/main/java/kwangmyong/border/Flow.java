package kwangmyong.border;

import java.net.InetAddress;
import java.time.Duration;
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Packets between two addresses and ports, in both directions, with all that is remembered of them. Of the packets' thread.
 *
 * <p>Addresses are 128 bits, as {@link Packet} has them. {@code inside} is the terminal's.
 */
final class Flow {
    private enum State {
        OPENING,
        OPEN,
        CLOSING,
        DATAGRAMS
    }

    final long insideHigh;
    final long insideLow;
    final long outsideHigh;
    final long outsideLow;
    final int insidePort;
    final int outsidePort;
    final int protocol;
    final int hash;

    final InetAddress inside;
    final Resource.Flow resource;
    /** Of its chance. */
    final long seed;

    /** Who it was begun by; null where the lab itself did. */
    @Nullable
    Identity who;
    /** Null where nothing had to be decided. */
    @Nullable
    Decision decision;

    Fate fate = Fate.DROP;
    /** What captures say with each of its packets. */
    String comment = "";
    /** What its attachment does to it; null for nothing. */
    @Nullable
    Way place;
    /** When it is forgotten. */
    long deadline;

    private State state;
    private long fromInside;
    private long fromOutside;
    private boolean finInside;
    private boolean finOutside;
    private boolean acknowledgedInside;
    private boolean acknowledgedOutside;
    private int nextOfOutside;
    private int nextOfInside;

    /** @param from where its first packet comes from */
    Flow(Packet first, Side from, int hash, long seed) {
        boolean out = from == Side.INSIDE;
        insideHigh = out ? first.sourceHigh() : first.destinationHigh();
        insideLow = out ? first.sourceLow() : first.destinationLow();
        outsideHigh = out ? first.destinationHigh() : first.sourceHigh();
        outsideLow = out ? first.destinationLow() : first.sourceLow();
        insidePort = out ? first.sourcePort() : first.destinationPort();
        outsidePort = out ? first.destinationPort() : first.sourcePort();
        protocol = first.protocol();
        this.hash = hash;
        this.seed = seed;
        inside = Packet.address(insideHigh, insideLow);
        boolean hasPorts = protocol == Packet.TCP || protocol == Packet.UDP;
        resource =
                new Resource.Flow(Packet.address(outsideHigh, outsideLow), hasPorts ? outsidePort : 0, word(protocol));
        state = protocol == Packet.TCP ? State.OPENING : State.DATAGRAMS;
    }

    private static String word(int protocol) {
        return switch (protocol) {
            case Packet.TCP -> "tcp";
            case Packet.UDP -> "udp";
            case Packet.ICMP, Packet.ICMPV6 -> "icmp";
            default -> "ip-" + protocol;
        };
    }

    boolean isTcp() {
        return protocol == Packet.TCP;
    }

    /** Whether a connection request may take the place of this one. */
    boolean isOver() {
        return state == State.CLOSING || (decision != null && decision.reason() == Reason.SESSION_ENDED);
    }

    /** How many packets came from a side before this one. */
    long count(Side from) {
        return from == Side.INSIDE ? fromInside++ : fromOutside++;
    }

    /** Takes note of a packet of it, a first fragment at the most. */
    void saw(Packet packet, Side from, long now, FlowLimits limits) {
        if (state != State.DATAGRAMS) {
            segment(packet, from == Side.INSIDE);
        }
        deadline = now + lasting(limits).toNanos();
    }

    private Duration lasting(FlowLimits limits) {
        return switch (state) {
            case OPENING -> limits.opening();
            case OPEN -> limits.open();
            case CLOSING -> limits.closing();
            case DATAGRAMS -> limits.datagrams();
        };
    }

    private void segment(Packet packet, boolean out) {
        int flags = packet.tcpFlags();
        if ((flags & Packet.RST) != 0) {
            state = State.CLOSING;
            return;
        }
        if ((flags & Packet.ACK) != 0) {
            if (out) {
                acknowledgedInside = true;
                nextOfOutside = packet.tcpAcknowledged();
            } else {
                acknowledgedOutside = true;
                nextOfInside = packet.tcpAcknowledged();
            }
        }
        if ((flags & Packet.FIN) != 0) {
            finInside |= out;
            finOutside |= !out;
        }
        if (finInside && finOutside) {
            state = State.CLOSING;
        } else if (state == State.OPENING && acknowledgedInside && acknowledgedOutside) {
            state = State.OPEN;
        }
    }

    /** Whether a side has said what it waits for, so that it would believe a reset. */
    boolean hasAcknowledged(Side side) {
        return side == Side.INSIDE ? acknowledgedInside : acknowledgedOutside;
    }

    /** The sequence number that a side waits for. */
    int awaitedBy(Side side) {
        return side == Side.INSIDE ? nextOfOutside : nextOfInside;
    }
}
