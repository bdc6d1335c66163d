package kwangmyong.border;

import java.nio.ByteBuffer;
import kwangmyong.border.shape.Dice;
import kwangmyong.border.shape.Line;
import kwangmyong.border.shape.Waiting;

/** Has packets go on that may: at once, when the conditions say so, or never. Of the packets' thread. */
final class Onward {
    private static final int MOST_AT_ONCE = 64;
    /** Beside the numbers of sides: it is on its way from its attachment to the link. */
    private static final int TO_LINK = 2;

    private final Exit exit;
    private final Counts counts;
    private final Taps taps;
    private final Waiting waiting;
    private final Ways ways;
    private final int[] leaving = new int[MOST_AT_ONCE];

    Onward(BorderConfig config, Exit exit, Counts counts, Taps taps) {
        this.exit = exit;
        this.counts = counts;
        this.taps = taps;
        this.waiting = new Waiting(config.memory());
        this.ways = new Ways(config);
    }

    Ways ways() {
        return ways;
    }

    /** Where packets are that are held up. */
    ByteBuffer octets() {
        return waiting.octets();
    }

    /** How many are held up. */
    int held() {
        return waiting.size();
    }

    /** Has a packet of a flow take its turn: at once, later, or never. */
    void forward(Flow flow, Side from, ByteBuffer octets, int at, int length, long now) {
        long roll = Dice.roll(flow.seed, 2 * flow.count(from) + from.number);
        boolean behindOthers = waiting.nextDue() <= now; // they have not gone on yet
        int way = from.other().number;
        long due;
        if (from == Side.OUTSIDE) {
            due = ways.inward(flow.place, now, length, roll);
        } else {
            due = ways.atLink(flow.place, now, length, roll);
            if (due > now || (due == now && behindOthers)) {
                way = TO_LINK;
            } else if (due == now) {
                due = ways.outward(now, length, roll);
            }
        }
        if (due < 0) {
            drop(why(due), flow.comment, from, octets, at, length, now);
        } else if (due == now && !behindOthers) {
            taps.arrived(from, octets, at, length, flow.comment, now);
            leave(from.other(), octets, at, length, flow.comment, now);
        } else if (waiting.add(due, octets, at, length, way, flow, roll)) {
            taps.arrived(from, octets, at, length, flow.comment, now);
        } else {
            drop(Dropped.NO_ROOM, flow.comment, from, octets, at, length, now);
        }
    }

    private static Dropped why(long arrival) {
        return arrival == Line.LOST ? Dropped.LOST : Dropped.RATE;
    }

    /** It goes no further. */
    void drop(Dropped why, String comment, Side from, ByteBuffer octets, int at, int length, long now) {
        counts.dropped(why);
        taps.dropped(from, octets, at, length, comment, why, now);
    }

    /** It goes on at once. */
    void leave(Side to, ByteBuffer octets, int at, int length, String comment, long now) {
        counts.passed++;
        taps.left(to, octets, at, length, comment, now);
        exit.send(to, octets, at, length);
    }

    /** Lets packets go on whose time has come. */
    void release(long now) {
        while (waiting.nextDue() <= now) {
            int taken = 0;
            while (taken < MOST_AT_ONCE && waiting.nextDue() <= now) {
                long due = waiting.nextDue();
                int slot = waiting.take();
                if (waiting.way(slot) == TO_LINK) {
                    onLink(slot, due);
                    continue;
                }
                leaving[taken++] = slot;
                Side to = Side.of(waiting.way(slot));
                if (waiting.owner(slot) instanceof Flow flow && flow.fate == Fate.PASS) {
                    leave(to, waiting.octets(), waiting.at(slot), waiting.length(slot), flow.comment, now);
                } else {
                    counts.dropped(Dropped.DENIED);
                }
            }
            exit.flush();
            for (int i = 0; i < taken; i++) {
                waiting.giveBack(leaving[i]);
            }
        }
    }

    /** A packet has come to the link: it takes its turn there, behind those that came before. */
    private void onLink(int slot, long now) {
        long due = ways.outward(now, waiting.length(slot), waiting.roll(slot));
        if (due < 0) {
            counts.dropped(why(due));
            waiting.giveBack(slot);
        } else {
            waiting.again(slot, due, Side.OUTSIDE.number);
        }
    }

    /** When the next packet goes on; {@link Long#MAX_VALUE} when none waits. */
    long nextDue() {
        return waiting.nextDue();
    }

    void reset() {
        waiting.clear();
        ways.reset();
    }
}
