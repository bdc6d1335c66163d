package kwangmyong.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.util.function.Supplier;
import kwangmyong.dns.message.Freshness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DNS over HTTPS (RFC 8484): a request, an answer. One for each connection of HTTP/1.1, and for each stream of HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, which is seen there
final class HttpsHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(HttpsHandler.class);

    private final Supplier<Answering> answering;
    private final ConnectionGuard guard;
    private boolean silent;

    /** @param answering that of the thread which calls */
    HttpsHandler(Supplier<Answering> answering, ConnectionGuard guard) {
        this.answering = answering;
        this.guard = guard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (silent) {
            return; // an answer out of turn would be taken for the one that is kept back
        }
        HttpsQuery query = HttpsQuery.read(request);
        if (query instanceof HttpsQuery.Message message) {
            guard.progress();
            answer(context, message.octets());
        } else if (query instanceof HttpsQuery.Fault fault) {
            refuse(context, fault.status(), request.decoderResult().isFailure());
        }
    }

    private void answer(ChannelHandlerContext context, byte[] query) {
        Answering mine = answering.get();
        DnsEngine engine = mine.engine();
        if (mine.answer(query, query.length, guard.client(), Carrier.HTTPS) != DnsEngine.Outcome.ANSWER) {
            silent = true;
            return;
        }
        ByteBuf body = context.alloc().directBuffer(engine.length()).writeBytes(engine.response(), 0, engine.length());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpsQuery.MEDIA_TYPE);
        // Private: another terminal may be answered otherwise.
        response.headers()
                .set(
                        HttpHeaderNames.CACHE_CONTROL,
                        "private, max-age=" + Freshness.seconds(engine.response(), engine.length()));
        send(context, response);
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, boolean last) {
        ByteBuf body = Unpooled.copiedBuffer(status + "\n", java.nio.charset.StandardCharsets.US_ASCII);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, POST");
        }
        if (last) {
            HttpUtil.setKeepAlive(response, false);
        }
        send(context, response);
    }

    private void send(ChannelHandlerContext context, FullHttpResponse response) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        context.writeAndFlush(response).addListener(written -> guard.progress());
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof CodecException || cause instanceof Http2Exception) {
            log.debug("A request broke off: {}", cause.toString());
        } else {
            log.error("A query could not be answered", cause);
        }
        context.executor().execute(context::close); // of a stream the codec says first what was wrong
    }
}
