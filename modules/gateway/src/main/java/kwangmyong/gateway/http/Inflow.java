package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What a connection has brought and nobody has read yet. Holds no memory while there is nothing. One thread. */
public final class Inflow {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    /** Takes over {@code more}. */
    public void add(ByteBufAllocator allocator, ByteBuf more) {
        if (bytes.isReadable()) {
            bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
        } else {
            release();
            bytes = more;
        }
    }

    /** For reading; valid until the next call here. */
    public ByteBuf bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** Gives memory back when all is read. */
    public void trim() {
        if (!bytes.isReadable()) {
            release();
        }
    }

    /** Hands everything over, for the caller to release. */
    public ByteBuf takeAll() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return all;
    }

    /** Drops everything; more may still be added afterwards. */
    public void release() {
        ByteBuf old = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        old.release();
    }
}
