package kwangmyong.dns;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every connection is held to, whatever it speaks: so many at once, and whoever neither asks a whole question nor takes an answer for
 * the idle time is cut. First in the pipeline, one for each connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether it closes well does not matter any more
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionGuard.class);

    private final TcpConnections connections;
    private final Duration idle;
    private @Nullable InetAddress client;
    private long lastProgress;

    ConnectionGuard(TcpConnections connections, Duration idle) {
        this.connections = connections;
        this.idle = idle;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetAddress peer = address(context);
        if (!connections.open(peer)) {
            log.debug("Too many connections: {} is turned away", peer);
            context.close();
            return;
        }
        client = peer;
        progress();
        cutWhenIdle(context, idle.toNanos());
        context.fireChannelActive();
    }

    private static InetAddress address(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress(); // an embedded channel has none
    }

    /** A whole question came, or an answer was taken. */
    void progress() {
        lastProgress = System.nanoTime();
    }

    /** Who is at the other end, as the socket saw it. */
    InetAddress client() {
        return client == null ? InetAddress.getLoopbackAddress() : client;
    }

    private void cutWhenIdle(ChannelHandlerContext context, long nanos) {
        context.executor()
                .schedule(
                        () -> {
                            long left = idle.toNanos() - (System.nanoTime() - lastProgress);
                            if (!context.channel().isActive()) {
                                return;
                            }
                            if (left <= 0) {
                                context.close();
                            } else {
                                cutWhenIdle(context, left);
                            }
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (client == null) {
            ReferenceCountUtil.release(message); // turned away
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (client != null) {
            connections.closed(client);
            client = null;
        }
        context.fireChannelInactive();
    }
}
