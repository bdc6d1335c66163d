package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** The client's side of a connection as something to write to: one answer at a time, and whether the connection outlives it. */
final class Downstream {
    private static final int HEAD_CAPACITY = 512;

    private final Channel channel;
    private boolean toHead;
    private boolean toOld;
    private boolean keepAlive;

    Downstream(Channel channel) {
        this.channel = channel;
    }

    /** What is written from here on answers this request. */
    void answering(RequestHead head) {
        toHead = head.method().equals("HEAD");
        toOld = head.minor() == 0;
        keepAlive = head.keepsAlive();
    }

    /** Whether the connection may carry another request after this answer. */
    boolean keepsAlive() {
        return keepAlive;
    }

    /** The answer to come is the last. */
    void makeLast() {
        keepAlive = false;
    }

    boolean hasRoom() {
        return channel.isWritable();
    }

    void flush() {
        channel.flush();
    }

    void head(ResponseHead head, Framing framing) {
        keepAlive &= !(framing instanceof Framing.UntilClose);
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.response(out, head, framing, connectionField());
        Wire.write(channel, out);
    }

    void interim(ResponseHead head) {
        ByteBuf out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        ForwardedHead.response(out, head, Framing.NONE, null);
        Wire.writeAndFlush(channel, out);
    }

    void part(ByteBuf part, boolean chunked) {
        Parts.write(channel, part, chunked);
    }

    void end(Fields trailers) {
        Parts.end(channel, trailers);
    }

    /** The gateway's own answer, whole. */
    void answer(Answer answer) {
        keepAlive &= !answer.closes();
        ByteBuf out = channel.alloc().ioBuffer(2 * HEAD_CAPACITY + answer.body().length());
        answer.write(out, toHead, connectionField());
        toHead = false; // whatever is refused next may have no head to say how
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

    private @Nullable String connectionField() {
        if (!keepAlive) {
            return "close";
        }
        return toOld ? "keep-alive" : null;
    }
}
