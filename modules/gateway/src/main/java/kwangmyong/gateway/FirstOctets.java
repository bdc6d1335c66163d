package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Tells HTTP/2 with prior knowledge (RFC 9113 §3.3) from HTTP/1.1 by a connection's first octets, then steps aside. */
final class FirstOctets extends ChannelInboundHandlerAdapter {
    /** The preface as far as no HTTP/1.1 request could begin: {@code PRI} is no other method's beginning, and a version follows. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Runnable onPreface;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;

    /**
     * A look at the first octets.
     *
     * @param onPreface replaces whoever would read HTTP/1.1
     */
    FirstOctets(Runnable onPreface) {
        this.onPreface = onPreface;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = held.isReadable() ? Unpooled.wrappedBuffer(held, (ByteBuf) message) : (ByteBuf) message;
        held = Unpooled.EMPTY_BUFFER;
        int like = likeness(octets);
        if (like < 0) {
            stepAside(ctx, octets);
        } else if (like < PREFACE.length) {
            held = octets;
        } else {
            onPreface.run();
            stepAside(ctx, octets);
        }
    }

    private static void stepAside(ChannelHandlerContext ctx, ByteBuf octets) {
        ctx.fireChannelRead(octets);
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(ctx.handler());
        }
    }

    /** How many octets of the preface are there; -1 when it is none. */
    private static int likeness(ByteBuf octets) {
        int from = octets.readerIndex();
        int length = Math.min(octets.readableBytes(), PREFACE.length);
        for (int i = 0; i < length; i++) {
            if (octets.getByte(from + i) != PREFACE[i]) {
                return -1;
            }
        }
        return length;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.release();
        held = Unpooled.EMPTY_BUFFER;
    }
}
