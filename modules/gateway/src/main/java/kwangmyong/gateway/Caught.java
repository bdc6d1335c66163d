package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import kwangmyong.gateway.tls.ClientHelloReader;
import org.jspecify.annotations.Nullable;

/**
 * A connection that was caught on its way to a host, until its first octet tells TLS from HTTP. What is meant for a port that is never reached
 * is decided at once: there the host may be the one to speak first.
 */
final class Caught extends ChannelInboundHandlerAdapter {
    private final Gateway gateway;
    private final LoopDesk desk;
    private final InetAddress terminal;
    private final InetSocketAddress destination;
    private @Nullable ScheduledFuture<?> silence;

    /**
     * A caught connection.
     *
     * @param destination where the client meant to connect to, as a lab address
     */
    Caught(Gateway gateway, LoopDesk desk, InetAddress terminal, InetSocketAddress destination) {
        this.gateway = gateway.towards(destination);
        this.desk = desk;
        this.terminal = terminal;
        this.destination = destination;
    }

    /** An address and port as a request target has them. */
    static String authority(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!gateway.config().ports().contains(destination.getPort())) {
            AlertDownstream out = new AlertDownstream(ctx.channel(), gateway.clock(), false);
            ClientSession session = become(ctx, HelloRequests.unread(destination), out);
            session.advance();
            return;
        }
        ctx.read();
        closeUnlessSpokenTo(ctx);
    }

    private void closeUnlessSpokenTo(ChannelHandlerContext ctx) {
        long within = gateway.config().timeouts().header().toMillis();
        silence = ctx.channel().eventLoop().schedule(() -> Wire.close(ctx.channel()), within, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (silence != null) {
            silence.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf first = (ByteBuf) message;
        if (!first.isReadable()) {
            first.release();
            return;
        }
        ClientSession session;
        if (ClientHelloReader.mayBegin(first.getByte(first.readerIndex()))) {
            session = become(
                    ctx, HelloRequests.tls(destination), new AlertDownstream(ctx.channel(), gateway.clock(), true));
        } else {
            RequestReader reader = new RequestReader(gateway.config().http());
            session = become(
                    ctx,
                    new CaughtRequests(reader, Target.HTTP, authority(destination)),
                    new PlainDownstream(ctx.channel(), gateway.clock()));
        }
        session.came(first);
    }

    private ClientSession become(ChannelHandlerContext ctx, Requests requests, Downstream out) {
        ClientSession session = new ClientSession(gateway, desk, ctx.channel(), terminal, requests, out);
        session.opened();
        ctx.pipeline().replace(this, null, new ClientHandler(session));
        return session;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        Wire.close(ctx.channel()); // it ended before it began
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Wire.close(ctx.channel());
    }
}
