package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Writes a few octets a second, as a throttled connection brings them. */
final class Trickle {
    /** Octets at a time. */
    static final int PORTION = 16;

    private static final long PAUSE_MILLIS = 1_000;

    private Trickle() {}

    /**
     * Begins; ends when all is written or the channel is gone.
     *
     * @param octets taken over
     * @param onEnd called when the last has been written
     */
    static void begin(Channel channel, ByteBuf octets, Runnable onEnd) {
        if (!channel.isActive()) {
            octets.release();
        } else if (!octets.isReadable()) {
            octets.release();
            onEnd.run();
        } else {
            Wire.writeAndFlush(channel, octets.readRetainedSlice(Math.min(PORTION, octets.readableBytes())));
            var unused = channel.eventLoop()
                    .schedule(() -> begin(channel, octets, onEnd), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
