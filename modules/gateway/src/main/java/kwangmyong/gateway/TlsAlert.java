package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A TLS alert in the clear, as it answers a ClientHello (RFC 8446 §6). */
final class TlsAlert {
    private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

    private TlsAlert() {}

    /** Fatal, access_denied: the one whose meaning is that somebody decided so. */
    static ByteBuf accessDenied(ByteBufAllocator allocator) {
        return allocator.ioBuffer(ACCESS_DENIED.length).writeBytes(ACCESS_DENIED);
    }
}
