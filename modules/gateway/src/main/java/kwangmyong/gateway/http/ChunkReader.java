package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The chunked transfer coding (RFC 9112 §7.1), octet by octet where it matters and in slices where it does not. */
final class ChunkReader {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSION = 4_096;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_FEED,
        DATA,
        DATA_RETURN,
        DATA_FEED,
        TRAILERS,
        ENDED
    }

    private final boolean lenientExtensions;
    private final HeadReader trailerReader;
    private State state = State.SIZE;
    private long left;
    private int digits;
    private int extension;
    private Fields trailers = Fields.none();

    ChunkReader(HttpLimits limits, boolean lenientExtensions) {
        this.lenientExtensions = lenientExtensions;
        this.trailerReader = new HeadReader(limits);
    }

    @Nullable
    ByteBuf read(ByteBuf in) throws BadMessage {
        while (in.isReadable()) {
            switch (state) {
                case SIZE -> size(in.readByte());
                case EXTENSION -> extension(in.readByte());
                case SIZE_FEED -> sizeFeed(in.readByte());
                case DATA -> {
                    ByteBuf part = in.readRetainedSlice((int) Math.min(left, in.readableBytes()));
                    left -= part.readableBytes();
                    state = left == 0 ? State.DATA_RETURN : State.DATA;
                    return part;
                }
                case DATA_RETURN -> expect(in.readByte(), Octets.CR, State.DATA_FEED);
                case DATA_FEED -> expect(in.readByte(), Octets.LF, State.SIZE);
                case TRAILERS -> {
                    Fields section = trailerReader.trailers(in);
                    if (section == null) {
                        return null;
                    }
                    trailers = section;
                    state = State.ENDED;
                }
                case ENDED -> {
                    return null;
                }
            }
        }
        return null;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    Fields trailers() {
        return trailers;
    }

    private void size(byte octet) throws BadMessage {
        int digit = Octets.hex(octet);
        if (digit >= 0 && digits < MAX_SIZE_DIGITS) {
            left = left << 4 | digit;
            digits++;
        } else if (digits == 0 || digit >= 0) {
            throw new BadMessage(
                    400, "a chunk's size is not a number of 1 to " + MAX_SIZE_DIGITS + " hexadecimal digits");
        } else if (octet == Octets.CR) {
            state = State.SIZE_FEED;
        } else if (octet == ';' && lenientExtensions) {
            extension = 0;
            state = State.EXTENSION;
        } else {
            throw new BadMessage(400, "a chunk's size is followed by something else");
        }
    }

    private void extension(byte octet) throws BadMessage {
        if (octet == Octets.CR) {
            state = State.SIZE_FEED;
        } else if (!Octets.isValue(octet) || ++extension > MAX_EXTENSION) {
            throw new BadMessage(400, "a chunk's extension is malformed or too long");
        }
    }

    private void sizeFeed(byte octet) throws BadMessage {
        digits = 0;
        expect(octet, Octets.LF, left == 0 ? State.TRAILERS : State.DATA);
    }

    private void expect(byte octet, byte expected, State next) throws BadMessage {
        if (octet != expected) {
            throw new BadMessage(400, "a chunk does not end in CRLF");
        }
        state = next;
    }
}
