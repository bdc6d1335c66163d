package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.Inflow;
import kwangmyong.gateway.tls.ClientHello;
import kwangmyong.gateway.tls.ClientHelloReader;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what a client says first in a tunnel until it is known whom its TLS names, however many segments and records say so; then steps
 * aside. What is no TLS is known at its first octet.
 */
final class HelloWatch extends ChannelInboundHandlerAdapter {
    private final Listener listener;
    private final ClientHelloReader reader = new ClientHelloReader();
    private final Inflow inflow = new Inflow();
    private boolean heard;

    HelloWatch(Listener listener) {
        this.listener = listener;
    }

    /** Who waits for it. */
    interface Listener {
        /** Something came, but not all of it. */
        void waiting();

        /**
         * It is known. The watch is still in its place, for the listener to replace.
         *
         * @param hello null for what is no ClientHello
         * @param held all that came, taken over
         * @param ended whether the client says no more
         */
        void heard(@Nullable ClientHello hello, ByteBuf held, boolean ended);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        add(ctx, (ByteBuf) message);
    }

    /** Takes over what came behind the request. */
    void add(ChannelHandlerContext ctx, ByteBuf octets) {
        if (heard) {
            octets.release();
            return;
        }
        inflow.add(ctx.alloc(), octets);
        if (inflow.isEmpty()) {
            return;
        }
        try {
            ClientHello hello = reader.read(inflow.bytes());
            if (hello == null) {
                listener.waiting();
            } else {
                tell(hello, false);
            }
        } catch (BadMessage noHello) {
            tell(null, false);
        }
    }

    private void tell(@Nullable ClientHello hello, boolean ended) {
        heard = true;
        listener.heard(hello, inflow.takeAll(), ended);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!heard) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean ended = event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent;
        if (ended && !heard) {
            tell(null, true);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        heard = true;
        inflow.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Wire.close(ctx.channel());
    }
}
