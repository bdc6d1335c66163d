package kwangmyong.border;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Condition;
import kwangmyong.border.packet.Kind;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.packet.Replies;
import kwangmyong.kernel.place.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each packet: it is read, its flow is found or begun and decided, and its ways say when it goes on, if it does. No socket and
 * no clock; times are nanoseconds since the border began. Of one thread. Allocates for a new flow, for a denial
 * and for a segment of no flow, and for nothing else.
 */
final class BorderEngine {
    private static final String NEIGHBOURS = "between neighbours";
    private static final String OWN = "the lab's own";
    private static final String STRAY = "a segment of no connection";
    /** One in so many flows may only be the lab's own. */
    private static final int SHARE_OF_ITS_OWN = 8;
    /** A full table is looked through no more often than this, however many packets find no room. */
    private static final long BETWEEN_LOOKS = 100_000_000L;

    private final Set<InetAddress> own;
    private final FlowLimits limits;
    private final Deciding deciding;
    private final Exit exit;

    private final Packet packet = new Packet();
    private final Replies replies = new Replies();
    private final FlowTable flows;
    private final Fragments fragments = new Fragments();
    private final Onward onward;
    private final Counts counts = new Counts();
    private final Taps taps = new Taps();
    private final Cut cut = new Cut(replies);
    private final Chance chance;

    private Kind kind = Kind.MALFORMED;
    private boolean isStray;
    private long looked = -BETWEEN_LOOKS;

    BorderEngine(BorderConfig config, Deciding deciding, Exit exit) {
        this.own = config.own();
        this.limits = config.flows();
        this.deciding = deciding;
        this.exit = exit;
        this.flows = new FlowTable(limits.most());
        this.onward = new Onward(config, exit, counts, taps);
        this.chance = new Chance(config.seed());
    }

    /** Where packets are that are held up: what {@link Exit#send} may be given beside what came in and {@link #replies}. */
    ByteBuffer held() {
        return onward.octets();
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
            case FLOW -> {
                Flow flow = known(from, now);
                if (flow == null && isStray) {
                    stray(from, octets, at, length, now);
                } else {
                    pass(flow, Dropped.TOO_MANY_FLOWS, from, octets, at, length, now);
                }
            }
            case FRAGMENT ->
                pass(fragments.find(packet, from, now), Dropped.STRAY_FRAGMENT, from, octets, at, length, now);
            case ICMP_ERROR -> pass(quoted(from), Dropped.STRAY_ERROR, from, octets, at, length, now);
            case NEIGHBOUR -> {
                taps.arrived(from, octets, at, length, NEIGHBOURS, now);
                onward.leave(from.other(), octets, at, length, NEIGHBOURS, now);
            }
            case LOCAL -> onward.drop(Dropped.LOCAL, "", from, octets, at, length, now);
            case MALFORMED -> onward.drop(Dropped.MALFORMED, "", from, octets, at, length, now);
        }
    }

    /** Packets were lost before they came here, or behind it. */
    void lost(Dropped why, long packets) {
        counts.dropped(why, packets);
    }

    /** The packet's flow, begun where there was none; null when it {@link #isStray}, and when there may be no more. */
    private @Nullable Flow known(Side from, long now) {
        int hash = flows.hash(packet, from);
        Flow flow = flows.find(packet, from, hash);
        boolean asks = packet.protocol() == Packet.TCP && (packet.tcpFlags() & (Packet.SYN | Packet.ACK)) == Packet.SYN;
        if (flow != null && asks && flow.isOver()) {
            flows.remove(flow);
            flow = null;
        }
        if (flow == null) {
            boolean isOwn = own.contains(inside(from));
            isStray = packet.protocol() == Packet.TCP && !asks && !isOwn;
            flow = isStray ? null : begin(from, hash, isOwn, now);
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

    private InetAddress inside(Side from) {
        boolean out = from == Side.INSIDE;
        return Packet.address(
                out ? packet.sourceHigh() : packet.destinationHigh(),
                out ? packet.sourceLow() : packet.destinationLow());
    }

    private @Nullable Flow begin(Side from, int hash, boolean isOwn, long now) {
        if (isFull(isOwn)) {
            if (now - looked >= BETWEEN_LOOKS) {
                looked = now;
                flows.expire(now);
            }
            if (isFull(isOwn)) {
                return null;
            }
        }
        cut.learn(packet, from);
        Flow flow = new Flow(packet, from, hash, chance.of(packet, from));
        if (isOwn) {
            flow.fate = Fate.PASS;
            flow.comment = OWN;
        } else {
            deciding.decide(flow);
            Attachment attachment = flow.who == null ? null : flow.who.attachment();
            flow.place = attachment == null ? null : onward.ways().of(attachment.name());
        }
        flows.add(flow);
        counts.begun++;
        return flow;
    }

    /** No terminal can take the room that the lab's own services need. */
    private boolean isFull(boolean forItself) {
        return forItself ? flows.isFull() : flows.size() >= limits.most() - limits.most() / SHARE_OF_ITS_OWN;
    }

    /** The flow that an ICMP error is about: that of a packet that went the other way. */
    private @Nullable Flow quoted(Side from) {
        return flows.find(packet, from.other(), flows.hash(packet, from.other()));
    }

    /** Sends a packet on its way, or says no. */
    private void pass(
            @Nullable Flow flow, Dropped otherwise, Side from, ByteBuffer octets, int at, int length, long now) {
        if (flow == null) {
            onward.drop(otherwise, "", from, octets, at, length, now);
        } else if (flow.fate != Fate.PASS) {
            counts.dropped(Dropped.DENIED);
            taps.arrived(from, octets, at, length, flow.comment, now);
            refuse(flow, from, now);
        } else {
            onward.forward(flow, from, octets, at, length, now);
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

    /**
     * A segment of no connection that the border saw begin: of one that it has forgotten, mostly, whose ends go on for minutes after their programs
     * were killed. It is told so, as its peer would (RFC 9293 §3.10.7.1), and decided by nobody, so that a trial's journal holds nothing of the one
     * before.
     */
    private void stray(Side from, ByteBuffer octets, int at, int length, long now) {
        onward.drop(Dropped.STRAY_SEGMENT, "", from, octets, at, length, now);
        answer(replies.reset(packet), from, STRAY, now);
    }

    private void answer(@Nullable ByteBuffer reply, Side to, Flow flow, long now) {
        answer(reply, to, flow.comment, now);
    }

    private void answer(@Nullable ByteBuffer reply, Side to, String comment, long now) {
        if (reply != null) {
            taps.left(to, reply, 0, reply.limit(), "the border's answer to " + comment, now);
            exit.send(to, reply, 0, reply.limit());
            exit.flush(); // the next answer is made in the same place
        }
    }

    /** Lets packets go on whose time has come. */
    void release(long now) {
        onward.release(now);
    }

    /** When the next packet goes on; {@link Long#MAX_VALUE} when none waits. */
    long nextDue() {
        return onward.nextDue();
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
        onward.reset();
        counts.reset();
        deciding.reset();
    }

    void condition(@Nullable String attachment, Condition condition) {
        Ways ways = onward.ways();
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
                onward.held(),
                counts.outward,
                counts.inward,
                counts.passed,
                counts.dropped(),
                onward.ways().conditions());
    }
}
