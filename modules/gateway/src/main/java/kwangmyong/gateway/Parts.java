package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import kwangmyong.gateway.http.Fields;

/** Writes body parts to a channel, in chunks (RFC 9112 §7.1) or as they are. Flushing is the caller's. */
final class Parts {
    private static final ByteBuf CRLF =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte('\r').writeByte('\n'));
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE_LINE = 10;

    private Parts() {}

    /** Takes over {@code part}; an empty one is dropped, since an empty chunk would end the body. */
    static void write(Channel channel, ByteBuf part, boolean chunked) {
        if (!part.isReadable()) {
            part.release();
            return;
        }
        if (!chunked) {
            Wire.write(channel, part);
            return;
        }
        Wire.write(channel, sizeLine(channel, part.readableBytes()));
        Wire.write(channel, part);
        Wire.write(channel, CRLF.duplicate());
    }

    /** The last chunk and the trailer section. */
    static void end(Channel channel, Fields trailers) {
        ByteBuf last = channel.alloc().ioBuffer();
        last.writeByte('0').writeByte('\r').writeByte('\n');
        ForwardedHead.trailers(last, trailers);
        Wire.write(channel, last);
    }

    private static ByteBuf sizeLine(Channel channel, int size) {
        ByteBuf line = channel.alloc().ioBuffer(SIZE_LINE);
        int digits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(size) + 3) / 4);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            line.writeByte(HEX[size >>> shift & 0xf]);
        }
        return line.writeByte('\r').writeByte('\n');
    }
}
