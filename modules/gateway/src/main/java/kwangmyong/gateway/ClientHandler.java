package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what happens on a client's connection to its session. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ClientHandler.class);

    private final ClientSession session;

    ClientHandler(ClientSession session) {
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        session.opened();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        session.came((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.allCame();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            session.inputEnded();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        session.writabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isOfTheClient(cause)) {
            log.debug("{} broke its connection: {}", session.terminal(), cause.getMessage());
        } else if (cause instanceof Http2Exception) {
            session.broken(String.valueOf(cause.getMessage()));
            ctx.executor().execute(() -> Wire.close(ctx.channel())); // the codec says first what was wrong
            return;
        } else {
            log.error("a fault in the gateway", cause);
        }
        Wire.close(ctx.channel());
    }

    /** Whether something is no fault of ours: a broken connection, or TLS that came to nothing after its handshake. */
    static boolean isOfTheClient(Throwable cause) {
        return cause instanceof IOException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    }
}
