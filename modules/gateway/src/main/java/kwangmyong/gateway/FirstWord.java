package kwangmyong.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.TimeUnit;

/**
 * Waits behind a finished TLS handshake for the client's first octet: some clients look at the certificate only then, and leave without one
 * when it is not the one that they know. A browser leaves so as well, when another of its connections will do; but then it speaks there.
 */
final class FirstWord extends ChannelInboundHandlerAdapter {
    /** Who leaves later than this only had nothing to say, as a browser that opens connections ahead. */
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Visit visit;
    private final long since = System.nanoTime();
    private boolean told;

    FirstWord(Visit visit) {
        this.visit = visit;
    }

    /** Who hears of it. */
    interface Visit {
        /** The client takes the certificate. */
        void spoke();

        /** Whether the client has lately taken the certificate, on this connection or another. */
        boolean hasSpoken();

        /**
         * The client will not have it.
         *
         * @param how it showed, as what it did
         */
        void refused(String how);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        visit.spoke();
        ctx.fireChannelRead(message);
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            left(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        left(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String alert = CertificateAlerts.in(cause);
        if (alert == null) {
            ctx.fireExceptionCaught(cause);
            return;
        }
        told = true;
        visit.refused("refused the certificate: " + alert);
        Wire.close(ctx.channel());
    }

    /** Whether it speaks on another connection is known a little later. */
    private void left(ChannelHandlerContext ctx) {
        if (told || System.nanoTime() - since > AT_ONCE_NANOS) {
            return;
        }
        told = true;
        var unused = ctx.channel()
                .eventLoop()
                .schedule(
                        () -> {
                            if (!visit.hasSpoken()) {
                                visit.refused("closed the connection without a word behind the handshake");
                            }
                        },
                        AT_ONCE_NANOS,
                        TimeUnit.NANOSECONDS);
    }
}
