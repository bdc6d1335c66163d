package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import kwangmyong.gateway.http.Inflow;

/** Keeps what a client says while it is not yet known who takes it. Asks for nothing more. */
final class Holdback extends ChannelInboundHandlerAdapter {
    private final Inflow inflow = new Inflow();
    private boolean ended;

    /**
     * Keeps something already.
     *
     * @param held taken over
     * @param ended whether the client says no more
     */
    Holdback(ByteBuf held, boolean ended) {
        inflow.add(held.alloc(), held);
        this.ended = ended;
    }

    /** Hands everything over, for the caller to release. */
    ByteBuf takeAll() {
        return inflow.takeAll();
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        inflow.add(ctx.alloc(), (ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ended |= event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        inflow.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Wire.close(ctx.channel());
    }
}
