package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One direction of a tunnel: what comes here goes to the peer unread. Reads only while the peer takes it; passes a half-close on; a close of
 * either end closes the other once what was on its way has gone.
 */
final class Relay extends ChannelInboundHandlerAdapter {
    private static final long LAST_WORDS_MILLIS = 2_000;

    private final Channel peer;
    private final IntConsumer onActivity;
    private final Consumer<ByteBuf> weighing;

    /**
     * A direction.
     *
     * @param onActivity called whenever something goes through, with how many octets
     * @param weighing shown what goes through, which it leaves as it is
     */
    Relay(Channel peer, IntConsumer onActivity, Consumer<ByteBuf> weighing) {
        this.peer = peer;
        this.onActivity = onActivity;
        this.weighing = weighing;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf octets) {
            weighing.accept(octets);
            onActivity.accept(octets.readableBytes());
        } else {
            onActivity.accept(0);
        }
        Wire.write(peer, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        peer.flush();
        if (peer.isWritable()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        onActivity.accept(0);
        if (ctx.channel().isWritable()) {
            peer.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            inputEnded(ctx.channel());
        }
    }

    /** Nothing more comes from this side: the peer hears of it behind all that came before. */
    void inputEnded(Channel here) {
        Wire.afterFlush(peer, flushed -> halfClosed(here));
    }

    /** This side's input has ended and all of it has reached the peer. */
    private void halfClosed(Channel here) {
        if (peer instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
            Wire.close(peer);
            Wire.close(here);
        } else {
            Wire.finishOutput(peer); // a stream that has ended both ways closes by itself
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (peer.isActive()) {
            Wire.afterFlush(peer, ChannelFutureListener.CLOSE);
            Wire.closeWithin(peer, LAST_WORDS_MILLIS); // it may never take them
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Wire.close(ctx.channel());
    }
}
