package kwangmyong.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import kwangmyong.gateway.http.BadMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's HTTP/2 connection (RFC 9113): each of its streams is a {@link ClientSession} of one request. Watches what concerns the connection
 * as a whole: that it is not kept for nothing, and not used to keep the gateway busy with frames that ask for nothing.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Attended {
    private static final Logger log = LoggerFactory.getLogger(Http2Connection.class);
    private static final long LAST_WORDS_MILLIS = 500;

    private final Gateway gateway;
    private final Channel channel;
    private final InetAddress terminal;
    private final Http2FrameCodec codec;
    private final Deadline deadline = new Deadline();
    private final Deadline window = new Deadline();
    private int control;
    private boolean closing;

    private Http2Connection(Gateway gateway, Channel channel, InetAddress terminal, Http2FrameCodec codec) {
        this.gateway = gateway;
        this.channel = channel;
        this.terminal = terminal;
        this.codec = codec;
    }

    /** Has {@code channel} speak HTTP/2 from its next octet on, which is the first of the client's preface. */
    static void begin(Gateway gateway, LoopDesk desk, Channel channel, InetAddress terminal) {
        GatewayConfig.Streams limits = gateway.config().streams();
        Http2FrameCodec codec = codec(gateway);
        ChannelPipeline pipeline = channel.pipeline();
        Http2Connection connection = new Http2Connection(gateway, channel, terminal, codec);
        pipeline.addLast(codec);
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                accept(gateway, desk, stream, terminal);
            }
        }));
        pipeline.addLast(connection);
        desk.add(connection);
        Wire.onClose(channel, () -> desk.remove(connection));
        connection.deadline.in(gateway.config().timeouts().header());
        connection.widen(limits.connectionWindow());
        channel.config().setAutoRead(true);
    }

    private static Http2FrameCodec codec(Gateway gateway) {
        GatewayConfig.Streams limits = gateway.config().streams();
        int seconds = (int) limits.window().toSeconds();
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.atOnce())
                        .maxHeaderListSize(gateway.config().http().head()))
                .decoderEnforceMaxRstFramesPerWindow(limits.resets(), seconds)
                .encoderEnforceMaxRstFramesPerWindow(limits.resets(), seconds)
                .decoderEnforceMaxSmallContinuationFrames(limits.continuations())
                .encoderEnforceMaxQueuedControlFrames(limits.queued())
                .gracefulShutdownTimeoutMillis(
                        gateway.config().timeouts().linger().toMillis())
                .build();
    }

    private static void accept(Gateway gateway, LoopDesk desk, Channel stream, InetAddress terminal) {
        stream.config().setAutoRead(false);
        stream.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Reception.WATER_MARK);
        StreamRequests requests = new StreamRequests(gateway.config().http());
        StreamDownstream out = new StreamDownstream(stream, requests, gateway.clock());
        stream.pipeline()
                .addLast(new StreamHandler(requests))
                .addLast(new ClientHandler(new ClientSession(gateway, desk, stream, terminal, requests, out)));
    }

    /** Lets streams that nobody reads stand in the way of the others later than the protocol's 64 KiB would. */
    private void widen(int octets) {
        try {
            var flow = codec.connection().local().flowController();
            flow.incrementWindowSize(
                    codec.connection().connectionStream(), octets - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException("the connection's window", impossible);
        }
    }

    /** What comes here concerns the connection: settings, pings, and the like. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        if (window.hasPassed(System.nanoTime())) {
            control = 0;
            window.in(gateway.config().streams().window());
        }
        if (++control > gateway.config().streams().control() && !closing) {
            log.debug(
                    "{} sends too many frames that ask for nothing",
                    ctx.channel().remoteAddress());
            sayGoodbye(Http2Error.ENHANCE_YOUR_CALM);
        }
    }

    /** Of what is against the protocol the codec tells the client; it is journaled here, as a malformed message in HTTP/1.1 is. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("{} broke its connection: {}", terminal, cause.getMessage());
        if (cause instanceof Http2Exception) {
            gateway.refusals().record(terminal, new BadMessage(400, String.valueOf(cause.getMessage())));
        } else if (!(cause instanceof Http2FrameStreamException)) {
            Wire.close(ctx.channel());
        }
    }

    private void sayGoodbye(Http2Error error) {
        closing = true;
        Wire.writeAndFlush(channel, new DefaultHttp2GoAwayFrame(error));
        var unused = channel.eventLoop().schedule(() -> Wire.close(channel), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isExpired(long now) {
        if (codec.connection().numActiveStreams() > 0) {
            deadline.in(gateway.config().timeouts().idle());
            return false;
        }
        return !closing && deadline.hasPassed(now);
    }

    @Override
    public long expiresAt() {
        return deadline.at();
    }

    /** What waits belongs to its streams. */
    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public void tooSlow() {
        sayGoodbye(Http2Error.ENHANCE_YOUR_CALM);
    }

    @Override
    public void expire() {
        sayGoodbye(Http2Error.NO_ERROR);
    }

    /** Its streams are decided again one by one. */
    @Override
    public void redecide() {
        // nothing is open that no stream asked for
    }

    @Override
    public void close() {
        Wire.close(channel);
    }
}
