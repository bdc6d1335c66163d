package kwangmyong.border;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Condition;
import kwangmyong.border.packet.Kind;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.packet.Replies;
import kwangmyong.border.shape.Line;
import kwangmyong.border.shape.Waiting;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each packet: it is read, its flow is found or begun and decided, and its ways say when it goes on, if it does. No socket and
 * no clock; times are nanoseconds since the border began. Of one thread. Allocates for a new flow and for a denial, and for nothing else.
 */
final class BorderEngine {
    private static final String NEIGHBOURS = "between neighbours";
    private static final String OWN = "the lab's own";
    private static final int MOST_AT_ONCE = 64;

    private final Set<InetAddress> own;
    private final FlowLimits limits;
    private final Deciding deciding;
    private final Exit exit;

    private final Packet packet = new Packet();
    private final Replies replies = new Replies();
    private final FlowTable flows;
    private final Fragments fragments = new Fragments();
    private final Waiting waiting;
    private final Ways ways;
    private final Counts counts = new Counts();
    private final List<Tap> taps = new ArrayList<>(1);
    private final int[] leaving = new int[MOST_AT_ONCE];
    private final Cut cut = new Cut(replies);
    private final Chance chance;

    private Kind kind = Kind.MALFORMED;

    BorderEngine(BorderConfig config, Deciding deciding, Exit exit) {
        this.own = config.own();
        this.limits = config.flows();
        this.deciding = deciding;
        this.exit = exit;
        this.flows = new FlowTable(limits.most());
        this.waiting = new Waiting(config.memory());
        this.ways = new Ways(config);
        this.chance = new Chance(config.seed());
    }

    /** Where packets are that are held up: what {@link Exit#send} may be given beside what came in and {@link #replies}. */
    ByteBuffer held() {
        return waiting.octets();
    }

    /** Where answers are made. */
    ByteBuffer replies() {
        return replies.octets();
    }

    /**
     * A frame has come. What leaves at once does so from its own octets.
     *
     * @param now 0 or more, never less than before
     */
    void frame(Side from, ByteBuffer octets, int at, int length, long now) {
        if (from == Side.INSIDE) {
            counts.outward++;
        } else {
            counts.inward++;
        }
        kind = packet.read(octets, at, length);
        switch (kind) {
            case FLOW -> pass(known(from, now), Dropped.TOO_MANY_FLOWS, from, octets, at, length, now);
            case FRAGMENT ->
                pass(fragments.find(packet, from, now), Dropped.STRAY_FRAGMENT, from, octets, at, length, now);
            case ICMP_ERROR -> pass(quoted(from), Dropped.STRAY_ERROR, from, octets, at, length, now);
            case NEIGHBOUR -> {
                tell(from, true, octets, at, length, NEIGHBOURS, now);
                leave(from.other(), octets, at, length, NEIGHBOURS, now);
            }
            case LOCAL -> drop(Dropped.LOCAL, from, octets, at, length, now);
            case MALFORMED -> drop(Dropped.MALFORMED, from, octets, at, length, now);
        }
    }

    /** Packets were lost before they came here, or behind it. */
    void lost(Dropped why, long packets) {
        counts.dropped(why, packets);
    }

    /** The packet's flow, begun where there was none; null when there may be no more. */
    private @Nullable Flow known(Side from, long now) {
        int hash = flows.hash(packet, from);
        Flow flow = flows.find(packet, from, hash);
        boolean asks = packet.protocol() == Packet.TCP && (packet.tcpFlags() & (Packet.SYN | Packet.ACK)) == Packet.SYN;
        if (flow != null && asks && flow.isOver()) {
            flows.remove(flow);
            flow = null;
        }
        if (flow == null) {
            flow = begin(from, hash, now);
            if (flow == null) {
                return null;
            }
        }
        flow.saw(packet, from, now, limits);
        if (packet.isFragmented()) {
            fragments.remember(packet, from, flow, now);
        }
        return flow;
    }

    private @Nullable Flow begin(Side from, int hash, long now) {
        if (flows.isFull()) {
            flows.expire(now);
            if (flows.isFull()) {
                return null;
            }
        }
        cut.learn(packet, from);
        Flow flow = new Flow(packet, from, hash, chance.of(packet, from));
        if (own.contains(flow.inside)) {
            flow.fate = Fate.PASS;
            flow.comment = OWN;
        } else {
            deciding.decide(flow);
            Attachment attachment = flow.who == null ? null : flow.who.attachment();
            flow.place = attachment == null ? null : ways.of(attachment.name());
        }
        flows.add(flow);
        counts.begun++;
        return flow;
    }

    /** The flow that an ICMP error is about: that of a packet that went the other way. */
    private @Nullable Flow quoted(Side from) {
        return flows.find(packet, from.other(), flows.hash(packet, from.other()));
    }

    /** Sends a packet on its way, or says no. */
    private void pass(
            @Nullable Flow flow, Dropped otherwise, Side from, ByteBuffer octets, int at, int length, long now) {
        if (flow == null) {
            drop(otherwise, from, octets, at, length, now);
            return;
        } else if (flow.fate != Fate.PASS) {
            counts.dropped(Dropped.DENIED);
            tell(from, true, octets, at, length, flow.comment, now);
            refuse(flow, from, now);
            return;
        }
        long due = ways.arrival(flow.place, flow.seed, flow.count(from), from, now, length);
        if (due < 0) {
            drop(due == Line.LOST ? Dropped.LOST : Dropped.RATE, flow, from, octets, at, length, now);
        } else if (due <= now) {
            tell(from, true, octets, at, length, flow.comment, now);
            leave(from.other(), octets, at, length, flow.comment, now);
        } else if (waiting.add(due, octets, at, length, from.other().number, flow)) {
            tell(from, true, octets, at, length, flow.comment, now);
        } else {
            drop(Dropped.NO_ROOM, flow, from, octets, at, length, now);
        }
    }

    /** Answers the packet that was just read in the way that its flow is denied. */
    private void refuse(Flow flow, Side from, long now) {
        if (flow.fate == Fate.DROP || kind != Kind.FLOW) {
            return; // a further fragment is no packet to answer
        }
        boolean reset = flow.fate == Fate.RESET && packet.protocol() == Packet.TCP;
        ByteBuffer reply = reset ? replies.reset(packet) : replies.prohibited(packet);
        answer(reply, from, flow, now);
    }

    private void answer(@Nullable ByteBuffer reply, Side to, Flow flow, long now) {
        if (reply != null) {
            tell(to, false, reply, 0, reply.limit(), "the border's answer to " + flow.comment, now);
            exit.send(to, reply, 0, reply.limit());
            exit.flush(); // the next answer is made in the same place
        }
    }

    private void drop(Dropped why, Side from, ByteBuffer octets, int at, int length, long now) {
        counts.dropped(why);
        tell(from, true, octets, at, length, why.word(), now);
    }

    private void drop(Dropped why, Flow flow, Side from, ByteBuffer octets, int at, int length, long now) {
        counts.dropped(why);
        if (!taps.isEmpty()) {
            tell(from, true, octets, at, length, flow.comment + "; " + why.word(), now);
        }
    }

    private void leave(Side to, ByteBuffer octets, int at, int length, String comment, long now) {
        counts.passed++;
        tell(to, false, octets, at, length, comment, now);
        exit.send(to, octets, at, length);
    }

    private void tell(Side side, boolean arriving, ByteBuffer octets, int at, int length, String comment, long now) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).packet(side, arriving, octets, at, length, comment, now);
        }
    }

    /** Lets packets go on whose time has come. */
    void release(long now) {
        while (waiting.nextDue() <= now) {
            int taken = 0;
            while (taken < MOST_AT_ONCE && waiting.nextDue() <= now) {
                int slot = waiting.take();
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

    /** When the next packet goes on; {@link Long#MAX_VALUE} when none waits. */
    long nextDue() {
        return waiting.nextDue();
    }

    /** Decides every flow again, and cuts those that no longer stand. */
    void decideAgain(long now) {
        flows.each(flow -> {
            boolean passed = flow.fate == Fate.PASS;
            deciding.decideAgain(flow);
            if (passed && flow.fate == Fate.RESET && flow.isTcp()) {
                answer(cut.at(Side.INSIDE, flow), Side.INSIDE, flow, now);
                answer(cut.at(Side.OUTSIDE, flow), Side.OUTSIDE, flow, now);
            }
        });
    }

    void expire(long now) {
        flows.expire(now);
    }

    /** Forgets everything but conditions and who looks. */
    void reset(long nextSeed) {
        chance.reset(nextSeed);
        flows.clear();
        fragments.clear();
        waiting.clear();
        ways.reset();
        counts.reset();
        deciding.reset();
    }

    void condition(@Nullable String attachment, Condition condition) {
        (attachment == null ? ways.link() : ways.of(attachment)).set(condition);
    }

    void add(Tap tap) {
        taps.add(tap);
    }

    void remove(Tap tap) {
        taps.remove(tap);
    }

    BorderView view() {
        return new BorderView(
                flows.size(),
                limits.most(),
                counts.begun,
                waiting.size(),
                counts.outward,
                counts.inward,
                counts.passed,
                counts.dropped(),
                ways.conditions());
    }
}
