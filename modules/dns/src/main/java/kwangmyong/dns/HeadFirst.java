package kwangmyong.dns;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Resets a stream of HTTP/2 that begins with no request (RFC 9113 §8.1.1, §8.3.1): what is behind it would take that for the end of one, and wait for
 * the rest. One for each stream.
 */
final class HeadFirst extends ChannelInboundHandlerAdapter {
    private boolean begun;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean first = !begun && message instanceof Http2HeadersFrame;
        begun = true;
        if (first && !isRequest(((Http2HeadersFrame) message).headers())) {
            ReferenceCountUtil.release(message);
            ChannelFuture unused = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isRequest(Http2Headers headers) {
        return headers.method() != null && headers.scheme() != null && headers.path() != null;
    }
}
