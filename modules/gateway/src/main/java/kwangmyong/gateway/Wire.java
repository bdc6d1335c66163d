package kwangmyong.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;

/** Writes and closes whose failure needs no answer: the channel's handler hears of it and closes. */
final class Wire {
    private Wire() {}

    static void write(Channel channel, Object message) {
        ChannelFuture unused = channel.write(message, channel.voidPromise());
    }

    static void writeAndFlush(Channel channel, Object message) {
        ChannelFuture unused = channel.writeAndFlush(message, channel.voidPromise());
    }

    /** Has {@code listener} called once everything written so far has gone, or cannot go. */
    static void afterFlush(Channel channel, ChannelFutureListener listener) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(listener);
    }

    static void onClose(Channel channel, Runnable listener) {
        ChannelFuture unused = channel.closeFuture().addListener(closed -> listener.run());
    }

    static void close(Channel channel) {
        ChannelFuture unused = channel.close();
    }

    static void closeWithin(Channel channel, long millis) {
        var unused = channel.eventLoop().schedule(() -> close(channel), millis, TimeUnit.MILLISECONDS);
    }

    static void shutdownOutput(io.netty.channel.socket.DuplexChannel channel) {
        ChannelFuture unused = channel.shutdownOutput();
    }
}
