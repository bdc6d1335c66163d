package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel whose TLS ends at the gateway: the client is shown a certificate for whom it asked, made here, and what it says inside are requests
 * like any other, of a session of their own on the same connection.
 */
final class OpenedTunnel implements Conduit {
    private static final Logger log = LoggerFactory.getLogger(OpenedTunnel.class);

    private final Turn turn;
    private final Gateway gateway;
    private final LoopDesk desk;
    private final Interceptor interceptor;
    private boolean opened;

    OpenedTunnel(Turn turn, Gateway gateway, LoopDesk desk, Interceptor interceptor) {
        this.turn = turn;
        this.gateway = gateway;
        this.desk = desk;
        this.interceptor = interceptor;
    }

    /**
     * Opens TLS that has begun, in the place of the {@link HelloWatch} that heard it.
     *
     * @param held its first octets, taken over
     * @param ended whether the client says no more
     */
    void open(Inside inside, ByteBuf held, boolean ended) {
        Channel near = turn.channel();
        Holdback holdback = new Holdback(held, ended);
        near.pipeline().replace(HelloWatch.class, null, holdback);
        boolean streams =
                !(near instanceof Http2StreamChannel); // which are no connection to carry streams of their own
        var unused = interceptor
                .passingFor(inside.expected(), streams)
                .whenComplete((context, failure) ->
                        near.eventLoop().execute(() -> begin(near, holdback, inside, context, failure)));
    }

    private void begin(Channel near, Holdback holdback, Inside inside, SslContext context, Throwable failure) {
        ChannelHandlerContext place = near.pipeline().context(holdback);
        if (place == null) {
            return; // it was cut meanwhile
        }
        if (failure != null) {
            log.error("no certificate for {}", inside.expected(), failure);
            Wire.close(near);
            return;
        }
        opened = true;
        turn.isReadElsewhere();
        ChannelPipeline pipeline = near.pipeline();
        SslHandler tls = context.newHandler(near.alloc());
        tls.setHandshakeTimeoutMillis(gateway.config().timeouts().header().toMillis());
        CertificateAlerts alerts = new CertificateAlerts();
        pipeline.addLast(
                alerts,
                tls,
                new InnerHandshake(
                        gateway.within(inside), desk, turn.terminal(), inside, interceptor.believers(), alerts, tls));
        place.fireChannelRead(holdback.takeAll());
        place.fireChannelReadComplete();
        if (holdback.hasEnded()) {
            place.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        if (!place.isRemoved()) {
            pipeline.remove(holdback);
        }
    }

    @Override
    public void close() {
        // what is inside hears of the same end
    }

    /** What is inside is decided again as well, and has a moment to say so. */
    @Override
    public void cut(Channel near) {
        if (opened) {
            Wire.closeWithin(near, Tunnel.FAREWELL_MILLIS);
        } else {
            Tunnel.farewell(near);
        }
    }
}
