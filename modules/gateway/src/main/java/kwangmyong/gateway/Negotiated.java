package kwangmyong.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands behind the TLS handshake until it is known which version of HTTP the client chose (ALPN, RFC 7301); 1.1 where it chose none. */
final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private static final Logger log = LoggerFactory.getLogger(Negotiated.class);

    private final Gateway gateway;
    private final LoopDesk desk;
    private final InetAddress terminal;

    Negotiated(Gateway gateway, LoopDesk desk, InetAddress terminal) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.gateway = gateway;
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read(); // nobody else asks for the handshake's first octets
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        super.userEventTriggered(ctx, event);
        if (event instanceof ChannelInputShutdownEvent) {
            Wire.close(ctx.channel()); // what is missing of the handshake will not come
        }
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            Http2Connection.begin(gateway, desk, ctx.channel(), terminal);
        } else {
            ClientSession session = ClientSession.plain(gateway, desk, ctx.channel(), terminal);
            ctx.pipeline().addLast(new ClientHandler(session));
            session.opened();
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("{} did not finish its TLS handshake: {}", terminal, cause.getMessage());
        Wire.close(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("{} broke its TLS connection: {}", terminal, cause.getMessage());
        Wire.close(ctx.channel());
    }
}
