package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Writes a few octets a second, as a throttled connection brings them. One event loop's. */
final class Trickle {
    /** Octets at a time. */
    static final int PORTION = 16;

    private static final long PAUSE_MILLIS = 1_000;

    private final Channel channel;
    private final ByteBuf octets;
    private final Runnable onEnd;
    private boolean over;

    private Trickle(Channel channel, ByteBuf octets, Runnable onEnd) {
        this.channel = channel;
        this.octets = octets;
        this.onEnd = onEnd;
    }

    /**
     * Begins; ends when all is written or the channel is gone.
     *
     * @param octets taken over
     * @param onEnd called when the last has been written
     */
    static void begin(Channel channel, ByteBuf octets, Runnable onEnd) {
        Trickle begun = new Trickle(channel, octets, onEnd);
        Wire.onClose(
                channel,
                begun::end); // the next portion's time may never come: a loop that stops drops what is scheduled
        begun.next();
    }

    private void next() {
        if (over) {
            return;
        }
        if (octets.isReadable()) {
            Wire.writeAndFlush(channel, octets.readRetainedSlice(Math.min(PORTION, octets.readableBytes())));
            var unused = channel.eventLoop().schedule(this::next, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            end();
            onEnd.run();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            octets.release();
        }
    }
}
