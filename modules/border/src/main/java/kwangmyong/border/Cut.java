package kwangmyong.border;

import java.nio.ByteBuffer;
import kwangmyong.border.packet.Packet;
import kwangmyong.border.packet.Replies;
import org.jspecify.annotations.Nullable;

/** Ends TCP connections from between: a reset to each end, as if from the other. The link has two ends, so that one header serves every frame. */
final class Cut {
    private final Replies replies;
    /** The Ethernet header of a frame that goes outside; the other way it is turned round. */
    private final ByteBuffer ethernet = ByteBuffer.allocateDirect(Packet.ETHERNET);

    private boolean isKnown;

    Cut(Replies replies) {
        this.replies = replies;
    }

    /** Takes note of who the ends of the link are. */
    void learn(Packet packet, Side from) {
        if (!isKnown) {
            packet.ethernet(ethernet, from == Side.OUTSIDE);
            isKnown = true;
        }
    }

    /** What ends a connection at one side; null where that would not believe it. */
    @Nullable
    ByteBuffer at(Side end, Flow flow) {
        if (!isKnown || !flow.hasAcknowledged(end)) {
            return null;
        }
        return end == Side.INSIDE
                ? replies.reset(
                        Packet.turned(ethernet),
                        flow.outsideHigh,
                        flow.outsideLow,
                        flow.outsidePort,
                        flow.insideHigh,
                        flow.insideLow,
                        flow.insidePort,
                        flow.awaitedBy(end))
                : replies.reset(
                        ethernet,
                        flow.insideHigh,
                        flow.insideLow,
                        flow.insidePort,
                        flow.outsideHigh,
                        flow.outsideLow,
                        flow.outsidePort,
                        flow.awaitedBy(end));
    }
}
