package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes an HTTP/2 stream look like a connection: DATA frames come and go as octets, and the stream's end as a half-close. Header sections
 * are told to the stream's {@link StreamRequests}, and an empty buffer says that something is there to be read.
 */
final class StreamHandler extends ChannelDuplexHandler {
    private final StreamRequests requests;

    StreamHandler(StreamRequests requests) {
        this.requests = requests;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame headers) {
            requests.headers(headers.headers(), headers.isEndStream());
            came(ctx, Unpooled.EMPTY_BUFFER, headers.isEndStream());
        } else if (message instanceof Http2DataFrame data) {
            if (data.isEndStream()) {
                requests.ended();
            }
            came(ctx, data.content(), data.isEndStream());
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private static void came(ChannelHandlerContext ctx, ByteBuf octets, boolean last) {
        ctx.fireChannelRead(octets);
        if (last && ctx.pipeline().get(ClientHandler.class) == null) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object frame = message;
        if (message instanceof ByteBuf octets) {
            frame = new DefaultHttp2DataFrame(octets);
        } else if (message == OutputEnd.HERE) {
            frame = new DefaultHttp2DataFrame(true);
        }
        var unused = ctx.write(frame, promise);
    }
}
