package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** The client's side of a connection as something to write to. */
final class Downstream {
    private static final int HEAD_CAPACITY = 512;

    private final Channel channel;

    Downstream(Channel channel) {
        this.channel = channel;
    }

    void head(ResponseHead head, Framing framing, @Nullable String connection) {
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.response(out, head, framing, connection);
        Wire.write(channel, out);
    }

    void interim(ResponseHead head) {
        head(head, Framing.NONE, null);
        channel.flush();
    }

    void part(ByteBuf part, boolean chunked) {
        Parts.write(channel, part, chunked);
    }

    void end(Fields trailers) {
        Parts.end(channel, trailers);
    }

    /** The gateway's own answer, whole. */
    void answer(Answer answer, boolean toHead, @Nullable String connection) {
        ByteBuf out = channel.alloc().ioBuffer(2 * HEAD_CAPACITY + answer.body().length());
        answer.write(out, toHead, connection);
        Wire.writeAndFlush(channel, out);
    }

    void tunnelOpened() {
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.statusLine(out, 200, "Connection established");
        ForwardedHead.line(out, "Via", "1.1 " + ForwardedHead.PSEUDONYM);
        out.writeByte('\r').writeByte('\n');
        Wire.writeAndFlush(channel, out);
    }

    /**
     * Says that nothing more will come, once all that was written has gone, and leaves it to the client to close: closing at once would
     * reset the connection under an answer still on its way (RFC 9112 §9.6).
     *
     * @param onFinished called once it is said
     */
    void finish(boolean clientHasFinished, Runnable onFinished) {
        Wire.afterFlush(channel, flushed -> {
            if (clientHasFinished || !flushed.isSuccess() || !(channel instanceof DuplexChannel duplex)) {
                Wire.close(channel);
            } else {
                Wire.shutdownOutput(duplex);
                onFinished.run();
            }
        });
    }

    /** Closes with a reset. */
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        Wire.close(channel);
    }

    /** Closes after what was written has gone, without waiting for the client. */
    void close() {
        Wire.afterFlush(channel, ChannelFutureListener.CLOSE);
    }
}
