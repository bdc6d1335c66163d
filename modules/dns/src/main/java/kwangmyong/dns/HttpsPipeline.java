package kwangmyong.dns;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.util.function.Supplier;
import kwangmyong.dns.message.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a connection of DNS over HTTPS up for what ALPN chose (RFC 8484 §5.2): HTTP/2, or HTTP/1.1 for who names neither. */
@SuppressWarnings("FutureReturnValueIgnored") // whether it closes well does not matter any more
final class HttpsPipeline extends ApplicationProtocolNegotiationHandler {
    /** A GET carries the message in its target: 4 characters for 3 octets (RFC 4648 §5). */
    static final int MAX_TARGET = 16 * 1024;

    static final int MAX_HEADERS = 16 * 1024;
    static final int MAX_STREAMS = 100;

    private static final Logger log = LoggerFactory.getLogger(HttpsPipeline.class);

    private final Supplier<Answering> answering;
    private final ConnectionGuard guard;

    HttpsPipeline(Supplier<Answering> answering, ConnectionGuard guard) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.answering = answering;
        this.guard = guard;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        ChannelPipeline pipeline = context.pipeline();
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            pipeline.addLast(
                    Http2FrameCodecBuilder.forServer()
                            .initialSettings(Http2Settings.defaultSettings()
                                    .maxConcurrentStreams(MAX_STREAMS)
                                    .maxHeaderListSize(MAX_TARGET + MAX_HEADERS))
                            .build(),
                    new Http2MultiplexHandler(new StreamInitializer()),
                    new End());
            return;
        }
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_TARGET).setMaxHeaderSize(MAX_HEADERS);
        pipeline.addLast(
                new HttpServerCodec(limits),
                new HttpServerKeepAliveHandler(),
                new HttpObjectAggregator(ResponseWriter.MAX_MESSAGE),
                new FlowControlHandler(), // pipelined requests one by one, while answers are taken
                new HttpsHandler(answering, guard));
    }

    /** A request of HTTP/2, as HTTP/1.1 would show it. */
    private final class StreamInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline()
                    .addLast(
                            new HeadFirst(),
                            new Http2StreamFrameToHttpObjectCodec(true),
                            new HttpObjectAggregator(ResponseWriter.MAX_MESSAGE),
                            new HttpsHandler(answering, guard));
        }
    }

    /** Stands behind everything of a connection in HTTP/2: what breaks it is no news. What was wrong with its frames the codec tells the client. */
    private static final class End extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("A connection of DNS over HTTPS broke: {}", cause.toString());
            if (!(cause instanceof Http2Exception || cause instanceof Http2FrameStreamException)) {
                context.close();
            }
        }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        log.debug("No TLS with {}: {}", guard.client(), cause.toString());
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("A connection of DNS over HTTPS broke: {}", cause.toString());
        context.close();
    }
}
