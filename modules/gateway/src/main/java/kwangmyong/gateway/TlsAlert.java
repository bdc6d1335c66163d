package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A TLS alert in the clear, as it answers a ClientHello (RFC 8446 §6). */
final class TlsAlert {
    private static final int ACCESS_DENIED = 49;
    private static final int DECODE_ERROR = 50;
    private static final int INTERNAL_ERROR = 80;
    private static final int LENGTH = 7;

    private TlsAlert() {}

    /** Fatal, access_denied: the one whose meaning is that somebody decided so. */
    static ByteBuf accessDenied(ByteBufAllocator allocator) {
        return fatal(allocator, ACCESS_DENIED);
    }

    /** Fatal, decode_error: what came is no ClientHello. */
    static ByteBuf decodeError(ByteBufAllocator allocator) {
        return fatal(allocator, DECODE_ERROR);
    }

    /** Fatal, internal_error: it is nobody's decision. */
    static ByteBuf internalError(ByteBufAllocator allocator) {
        return fatal(allocator, INTERNAL_ERROR);
    }

    private static ByteBuf fatal(ByteBufAllocator allocator, int description) {
        return allocator
                .ioBuffer(LENGTH)
                .writeByte(21) // an alert
                .writeShort(0x0303)
                .writeShort(2)
                .writeByte(2) // fatal
                .writeByte(description);
    }
}
