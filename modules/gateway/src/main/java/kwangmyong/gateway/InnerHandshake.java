package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind a TLS handshake that the gateway answers in a host's place, until the client takes the certificate or refuses it; then makes
 * way for the requests inside, in the version that the client chose (ALPN, RFC 7301).
 */
final class InnerHandshake extends ApplicationProtocolNegotiationHandler implements FirstWord.Visit {
    private static final Logger log = LoggerFactory.getLogger(InnerHandshake.class);

    private final Gateway gateway;
    private final LoopDesk desk;
    private final InetAddress terminal;
    private final Inside inside;
    private final Believers believers;
    private final CertificateAlerts alerts;
    private final SslHandler tls;
    private boolean done;

    /**
     * Not yet agreed.
     *
     * @param gateway the one within
     * @param alerts in the same pipeline, before TLS
     * @param tls whose handshake it is: there may be another around it, when the proxy is spoken to over TLS
     */
    InnerHandshake(
            Gateway gateway,
            LoopDesk desk,
            InetAddress terminal,
            Inside inside,
            Believers believers,
            CertificateAlerts alerts,
            SslHandler tls) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.gateway = gateway;
        this.desk = desk;
        this.terminal = terminal;
        this.inside = inside;
        this.believers = believers;
        this.alerts = alerts;
        this.tls = tls;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String ofTheOutermost) {
        done = true;
        Channel channel = ctx.channel();
        ctx.pipeline().remove(alerts);
        ctx.pipeline().addLast(new FirstWord(this));
        if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
            Http2Connection.begin(gateway, desk, channel, terminal);
        } else {
            var requests =
                    new CaughtRequests(new RequestReader(gateway.config().http()), Target.HTTPS, inside.authority());
            var session = new ClientSession(
                    gateway, desk, channel, terminal, requests, new PlainDownstream(channel, gateway.clock()));
            ctx.pipeline().addLast(new ClientHandler(session));
            session.opened();
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
        broken(ctx, cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(ctx, cause);
    }

    private void broken(ChannelHandlerContext ctx, Throwable cause) {
        String alert = alerts.inTheClear() == null ? CertificateAlerts.in(cause) : alerts.inTheClear();
        if (alert == null) {
            log.debug("{} did not finish its TLS handshake", terminal, cause);
        }
        over(ctx, alert == null ? null : "refused the certificate: " + alert);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            over(ctx, "closed the connection when it saw the certificate");
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        over(ctx, "closed the connection when it saw the certificate");
        super.channelInactive(ctx);
    }

    /** Told once, by whichever sign comes first. */
    private void over(ChannelHandlerContext ctx, @Nullable String refusal) {
        if (!done && refusal != null) {
            refused(refusal);
        }
        done = true;
        Wire.close(ctx.channel());
    }

    @Override
    public void spoke() {
        believers.add(terminal, inside.expected());
    }

    @Override
    public boolean hasSpoken() {
        return believers.has(terminal, inside.expected());
    }

    @Override
    public void refused(String how) {
        gateway.refusals().certificate(inside.who().get(), inside.resource(), "the client " + how);
    }
}
