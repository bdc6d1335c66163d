package kwangmyong.border;

import java.util.Arrays;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.shape.Dice;

/** Where a flow's own chance comes from, so that it does not hang on what else passes. */
final class Chance {
    /** As many different flows are told apart; more of them share. */
    private static final int OCCURRENCES = 4_096;

    private final int[] occurrences = new int[OCCURRENCES];
    private long seed;

    Chance(long seed) {
        this.seed = seed;
    }

    /** The seed of a flow: of the lab's, of the two ends save the port that a program takes at random, and of how often that was. */
    long of(Packet first, Side from) {
        int port = from == Side.INSIDE ? first.destinationPort() : first.sourcePort();
        long ends = Dice.roll(first.sourceLow() ^ first.destinationLow(), first.sourceHigh() ^ first.destinationHigh());
        long kind = Dice.roll(ends, (long) first.protocol() << 16 | port);
        int occurrence = occurrences[(int) kind & (OCCURRENCES - 1)]++;
        return Dice.roll(seed ^ kind, occurrence);
    }

    void reset(long next) {
        seed = next;
        Arrays.fill(occurrences, 0);
    }
}
