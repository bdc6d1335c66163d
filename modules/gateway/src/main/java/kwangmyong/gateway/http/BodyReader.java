package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes a body out of its framing, in parts as they come, without copying. */
public final class BodyReader {
    private final Framing framing;
    private final @Nullable ChunkReader chunks;
    private long left;
    private boolean ended;

    /**
     * A reader for one body.
     *
     * @param lenientExtensions whether well-formed chunk extensions are dropped (responses) rather than refused (requests)
     */
    public BodyReader(Framing framing, HttpLimits limits, boolean lenientExtensions) {
        this.framing = framing;
        this.chunks = framing instanceof Framing.Chunked ? new ChunkReader(limits, lenientExtensions) : null;
        this.left = framing instanceof Framing.Length length ? length.octets() : 0;
        this.ended = framing instanceof Framing.None;
    }

    /**
     * The next part, a retained slice of {@code in} that the caller releases; null when the body has ended or more bytes are needed.
     *
     * @throws BadMessage 400 for bad chunks or trailers
     */
    public @Nullable ByteBuf read(ByteBuf in) throws BadMessage {
        if (ended) {
            return null;
        }
        if (chunks != null) {
            ByteBuf part = chunks.read(in);
            ended = chunks.hasEnded();
            return part;
        }
        if (!in.isReadable()) {
            return null;
        }
        if (framing instanceof Framing.UntilClose) {
            return in.readRetainedSlice(in.readableBytes());
        }
        ByteBuf part = in.readRetainedSlice((int) Math.min(left, in.readableBytes()));
        left -= part.readableBytes();
        ended = left == 0;
        return part;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** The connection closed; whether that is how this body ends. */
    public boolean endsByClose() {
        return ended || framing instanceof Framing.UntilClose;
    }

    /** The trailer section; empty unless the body was chunked and had one. */
    public Fields trailers() {
        return chunks == null ? Fields.none() : chunks.trailers();
    }
}
