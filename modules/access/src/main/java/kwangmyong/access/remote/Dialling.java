package kwangmyong.access.remote;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.MutualTls;
import org.jspecify.annotations.Nullable;

/** Opens the connection to a controller, again whenever it broke, each time after a longer while up to a limit. */
@SuppressWarnings("FutureReturnValueIgnored") // a wait that fails is one at the end
final class Dialling {
    private static final long FIRST_BACK_OFF_MILLIS = 100;

    private final InetSocketAddress controller;
    private final RemoteLimits limits;
    private final Transport transport;
    private final SslContext tls;
    private final Supplier<? extends ChannelHandler> link;
    private final Consumer<String> failed;
    private volatile long backOffMillis = FIRST_BACK_OFF_MILLIS;
    private volatile @Nullable Channel channel;
    private volatile boolean closed;

    /**
     * Dials nothing yet.
     *
     * @param link what speaks on a connection, new for each
     * @param failed is told why there was none
     */
    Dialling(
            InetSocketAddress controller,
            RemoteLimits limits,
            Transport transport,
            SslContext tls,
            Supplier<? extends ChannelHandler> link,
            Consumer<String> failed) {
        this.controller = controller;
        this.limits = limits;
        this.transport = transport;
        this.tls = tls;
        this.link = link;
        this.failed = failed;
    }

    void now() {
        if (closed) {
            return;
        }
        ChannelFuture connecting = transport
                .client((int) limits.connectWithin().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel fresh) {
                        fresh.pipeline()
                                .addLast(MutualTls.to(
                                        tls, fresh.alloc(), ServiceNames.CONTROLLER, controller.getPort()));
                        fresh.pipeline()
                                .addLast(new IdleStateHandler(
                                        limits.silence().toMillis(),
                                        limits.beatEvery().toMillis(),
                                        0,
                                        TimeUnit.MILLISECONDS));
                        MessageCodec.addTo(fresh.pipeline(), limits.longestFromController());
                        fresh.pipeline().addLast(link.get());
                    }
                })
                .connect(controller);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(String.valueOf(done.cause().getMessage()));
                later();
            }
        });
    }

    /** Dials again after a while. */
    void later() {
        if (!closed) {
            long wait = backOffMillis;
            backOffMillis = Math.min(2 * wait, limits.longestBackOff().toMillis());
            transport.loops().next().schedule(this::now, wait, TimeUnit.MILLISECONDS);
        }
    }

    /** The controller has answered: the next wait is a short one. */
    void answered() {
        backOffMillis = FIRST_BACK_OFF_MILLIS;
    }

    /** Dials no more, and closes what is open. */
    void end() {
        closed = true;
        Channel open = channel;
        if (open != null) {
            open.close().awaitUninterruptibly();
        }
    }
}
