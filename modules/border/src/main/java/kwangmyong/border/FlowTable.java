package kwangmyong.border;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.shape.Dice;
import org.jspecify.annotations.Nullable;

/** Flows by their addresses and ports: open addressing, at most half full, hashed under a secret so that nobody can make them collide. */
final class FlowTable {
    private final long secret = new SecureRandom().nextLong();
    private final int most;
    private final @Nullable Flow[] slots;
    private int size;

    /** @param most flows that it may hold */
    FlowTable(int most) {
        this.most = most;
        this.slots = new Flow[Integer.highestOneBit(Math.max(4, 2 * most - 1)) * 2];
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size >= most;
    }

    /** Of the flow that a packet belongs to. */
    int hash(Packet packet, Side from) {
        boolean out = from == Side.INSIDE;
        long ports = out
                ? (long) packet.sourcePort() << 16 | packet.destinationPort()
                : (long) packet.destinationPort() << 16 | packet.sourcePort();
        long mixed = Dice.roll(secret ^ packet.protocol(), ports);
        mixed = Dice.roll(mixed, out ? packet.sourceLow() : packet.destinationLow());
        mixed = Dice.roll(mixed, out ? packet.destinationLow() : packet.sourceLow());
        mixed = Dice.roll(mixed, out ? packet.sourceHigh() : packet.destinationHigh());
        return (int) Dice.roll(mixed, out ? packet.destinationHigh() : packet.sourceHigh());
    }

    /** The flow of a packet that comes from a side; null when it is not known. */
    @Nullable
    Flow find(Packet packet, Side from, int hash) {
        int mask = slots.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Flow flow = slots[i];
            if (flow == null || (flow.hash == hash && isOf(flow, packet, from))) {
                return flow;
            }
        }
    }

    private static boolean isOf(Flow flow, Packet packet, Side from) {
        return from == Side.INSIDE
                ? flow.insideLow == packet.sourceLow()
                        && flow.outsideLow == packet.destinationLow()
                        && flow.insidePort == packet.sourcePort()
                        && flow.outsidePort == packet.destinationPort()
                        && flow.insideHigh == packet.sourceHigh()
                        && flow.outsideHigh == packet.destinationHigh()
                        && flow.protocol == packet.protocol()
                : flow.insideLow == packet.destinationLow()
                        && flow.outsideLow == packet.sourceLow()
                        && flow.insidePort == packet.destinationPort()
                        && flow.outsidePort == packet.sourcePort()
                        && flow.insideHigh == packet.destinationHigh()
                        && flow.outsideHigh == packet.sourceHigh()
                        && flow.protocol == packet.protocol();
    }

    /** Adds one that is not there; there must be room. */
    void add(Flow flow) {
        int mask = slots.length - 1;
        int i = flow.hash & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = flow;
        size++;
    }

    void remove(Flow flow) {
        int mask = slots.length - 1;
        for (int i = flow.hash & mask; slots[i] != null; i = (i + 1) & mask) {
            if (slots[i] == flow) {
                close(i);
                return;
            }
        }
    }

    /** Empties a slot and moves up what stands behind only because it was taken (Knuth, The Art of Computer Programming 3, 6.4 R). */
    private void close(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int i = (hole + 1) & mask; ; i = (i + 1) & mask) {
            Flow flow = slots[i];
            if (flow == null) {
                break;
            }
            int wanted = flow.hash & mask;
            if (((i - wanted) & mask) >= ((i - hole) & mask)) {
                slots[hole] = flow;
                hole = i;
            }
        }
        slots[hole] = null;
        size--;
    }

    /** Forgets every flow whose time has come. */
    void expire(long now) {
        for (int i = 0; i < slots.length; i++) {
            Flow flow = slots[i];
            while (flow != null && flow.deadline <= now) {
                close(i);
                flow = slots[i];
            }
        }
    }

    /** Shows each flow; none may be added or removed meanwhile. */
    void each(Consumer<Flow> action) {
        for (Flow flow : slots) {
            if (flow != null) {
                action.accept(flow);
            }
        }
    }

    void clear() {
        Arrays.fill(slots, null);
        size = 0;
    }
}
