package kwangmyong.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** Says that nothing more will come, in the way of the channel; the other direction stays open. */
    static void finishOutput(Channel channel) {
        Deque<SslHandler> layers = new ArrayDeque<>();
        channel.pipeline().forEach(handler -> {
            if (handler.getValue() instanceof SslHandler tls) {
                layers.push(tls);
            }
        });
        finishLayers(channel, layers);
    }

    /** The innermost layer of TLS says so first: a FIN without close_notify would look like truncation. */
    private static void finishLayers(Channel channel, Deque<SslHandler> layers) {
        SslHandler innermost = layers.poll();
        if (innermost == null) {
            shutDown(channel);
        } else {
            ChannelFuture unused = innermost.closeOutbound().addListener(told -> finishLayers(channel, layers));
        }
    }

    /** Whether what is said on a channel, or on the connection that it is a stream of, is encrypted. */
    static boolean isSecret(Channel channel) {
        Channel parent = channel.parent();
        return channel.pipeline().get(SslHandler.class) != null
                || (parent != null && parent.pipeline().get(SslHandler.class) != null);
    }

    private static void shutDown(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            ChannelFuture unused = duplex.shutdownOutput();
        } else {
            ChannelFuture unused = channel.writeAndFlush(OutputEnd.HERE);
        }
    }
}
