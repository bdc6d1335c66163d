package kwangmyong.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kwangmyong.kernel.place.AddressPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that has said everything and ended its direction ({@code nc -N}) is still owed what it asked for, however long. */
final class HalfClosedTest {
    /** More than the buffers of two sockets take. */
    private static final int LONG = 32 * 1024 * 1024;

    private static final int PATIENCE_MILLIS = 10_000;

    static Stream<Transport> transports() {
        return Stream.of(Transport.best(1), Transport.nio(1));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void takesALongAnswerAfterItsEnd(Transport transport) throws Exception {
        try (transport;
                Socket client = connected(transport, HalfClosedTest::answerLong)) {
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes().length).isEqualTo(LONG);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void isAnsweredByWhoReadsOnAfterItsEnd(Transport transport) throws Exception {
        try (transport;
                Socket client = connected(transport, ended -> {
                    ended.read();
                    answerLong(ended);
                })) {
            client.getOutputStream().write(1);
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes().length).isEqualTo(LONG);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void endsWithTheLoopsThatItIsOn(Transport transport) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (transport;
                Socket client = connected(transport, ended -> heard.countDown())) {
            client.shutdownOutput();
            heard.await();
            // A quiet time of nothing would let a loop that is just at work end without a look at its sockets.
            transport
                    .loops()
                    .shutdownGracefully(100, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .await();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void answerLong(ChannelHandlerContext ended) {
        var unused =
                ended.writeAndFlush(Unpooled.wrappedBuffer(new byte[LONG])).addListener(ChannelFutureListener.CLOSE);
    }

    /** A client of a server that reads when asked to, and does {@code then} once it waits for nothing more of the client. */
    private static Socket connected(Transport transport, Consumer<ChannelHandlerContext> then) throws Exception {
        Channel server = transport.listen(
                "a test",
                AddressPlan.real(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.config().setAutoRead(false);
                        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                        channel.pipeline().addLast(new Ends(then));
                    }
                });
        Socket client = new Socket();
        client.connect(server.localAddress(), PATIENCE_MILLIS);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static final class Ends extends ChannelInboundHandlerAdapter {
        private final Consumer<ChannelHandlerContext> then;

        Ends(Consumer<ChannelHandlerContext> then) {
            this.then = then;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.read();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.read();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                // Later, when the transport has changed what it waits for.
                context.executor().execute(() -> then.accept(context));
            }
        }
    }
}
