package kwangmyong.border;

import java.util.Arrays;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.shape.Dice;
import org.jspecify.annotations.Nullable;

/**
 * Which flow fragments belong to: only the first of a packet's has ports, so the others are known by its number. One that comes before the first
 * is not known, and of two packets that meet in a place the older is forgotten; senders repeat what was lost.
 */
final class Fragments {
    private static final int PLACES = 1_024;
    private static final long LASTING = 15_000_000_000L;

    private final @Nullable Flow[] flows = new Flow[PLACES];
    private final long[] numbers = new long[PLACES];
    private final long[] deadlines = new long[PLACES];
    private final boolean[] outward = new boolean[PLACES];

    void remember(Packet first, Side from, Flow flow, long now) {
        int place = place(first);
        flows[place] = flow;
        numbers[place] = first.fragment();
        outward[place] = from == Side.INSIDE;
        deadlines[place] = now + LASTING;
    }

    /** The flow of a further fragment; null when it is not known. */
    @Nullable
    Flow find(Packet further, Side from, long now) {
        int place = place(further);
        Flow flow = flows[place];
        boolean same = flow != null
                && numbers[place] == further.fragment()
                && outward[place] == (from == Side.INSIDE)
                && deadlines[place] > now
                && flow.insideLow == (outward[place] ? further.sourceLow() : further.destinationLow())
                && flow.insideHigh == (outward[place] ? further.sourceHigh() : further.destinationHigh())
                && flow.outsideLow == (outward[place] ? further.destinationLow() : further.sourceLow())
                && flow.outsideHigh == (outward[place] ? further.destinationHigh() : further.sourceHigh());
        return same ? flow : null;
    }

    private static int place(Packet packet) {
        long mixed = Dice.roll(packet.sourceLow() * 31 + packet.destinationLow(), packet.fragment());
        return (int) mixed & PLACES - 1;
    }

    void clear() {
        Arrays.fill(flows, null);
    }
}
