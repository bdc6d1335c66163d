package kwangmyong.gateway.content;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is coded as gzip (RFC 1952) as it passes, of any number of members, in pieces that are shown and forgotten: it holds {@value #PIECE} octets
 * whatever comes. Check sums are left to whoever gets it. One thread; must be closed.
 */
final class Gunzip implements AutoCloseable {
    /** Octets of a piece. */
    static final int PIECE = 8_192;

    /** What may come out for each octet that went in, past the first mebibyte: text does not shrink so far, and to look at more is work that others pay for. */
    static final int MOST_PER_OCTET = 100;

    private static final long FREE = 1 << 20;
    private static final int FIXED = 10;
    private static final int TRAILER = 8;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECK = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECK,
        BODY,
        TRAILER
    }

    private final Inflater inflater = new Inflater(true);
    private final byte[] piece = new byte[PIECE];
    private Part part = Part.FIXED;
    private int at;
    private int flags;
    private int extra;
    private long went;
    private long came;

    /**
     * Reads on.
     *
     * @param in read without moving its indices
     * @param look is shown each piece; the first thing that it finds is answered
     * @throws DataFormatException for what is not gzip, or comes out larger than {@link #MOST_PER_OCTET} allows
     */
    <T> @Nullable T read(ByteBuf in, Function<ByteBuf, @Nullable T> look) throws DataFormatException {
        int next = in.readerIndex();
        went += in.readableBytes();
        while (next < in.writerIndex()) {
            if (part != Part.BODY) {
                header(in.getByte(next++) & 0xff);
                continue;
            }
            inflater.setInput(in.nioBuffer(next, in.writerIndex() - next));
            T found = inflate(look);
            if (found != null) {
                return found;
            }
            next = in.writerIndex() - inflater.getRemaining();
            if (inflater.finished()) {
                inflater.reset();
                enter(Part.TRAILER);
            } else if (inflater.getRemaining() > 0) {
                throw new DataFormatException("it stops in the middle");
            }
        }
        return null;
    }

    private <T> @Nullable T inflate(Function<ByteBuf, @Nullable T> look) throws DataFormatException {
        while (true) {
            int count = inflater.inflate(piece);
            if (count == 0) {
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("it needs a dictionary");
                }
                return null;
            }
            came += count;
            if (came > FREE + MOST_PER_OCTET * went) {
                throw new DataFormatException("it comes out too large");
            }
            T found = look.apply(Unpooled.wrappedBuffer(piece, 0, count));
            if (found != null) {
                return found;
            }
        }
    }

    private void enter(Part next) {
        part = next;
        at = 0;
    }

    private void header(int octet) throws DataFormatException {
        switch (part) {
            case FIXED -> fixed(octet);
            case EXTRA_LENGTH -> {
                extra |= octet << (8 * at++);
                if (at == 2) {
                    enter(Part.EXTRA);
                    skip();
                }
            }
            case EXTRA -> {
                at++;
                skip();
            }
            case NAME, COMMENT -> {
                if (octet == 0) {
                    after(part);
                }
            }
            case CHECK -> {
                if (++at == 2) {
                    enter(Part.BODY);
                }
            }
            default -> {
                if (++at == TRAILER) {
                    enter(Part.FIXED); // perhaps another member
                }
            }
        }
    }

    private void fixed(int octet) throws DataFormatException {
        boolean sound = switch (at) {
            case 0 -> octet == 0x1f;
            case 1 -> octet == 0x8b;
            case 2 -> octet == DEFLATE;
            case 3 -> (octet & RESERVED) == 0;
            default -> true;
        };
        if (!sound) {
            throw new DataFormatException("it is not gzip");
        }
        if (at == 3) {
            flags = octet;
        }
        if (++at == FIXED) {
            extra = 0;
            after(Part.FIXED);
        }
    }

    private void skip() {
        if (at == extra) {
            after(Part.EXTRA);
        }
    }

    /** What comes behind a part of the header, by its flags. */
    private void after(Part done) {
        if (done == Part.FIXED && (flags & HAS_EXTRA) != 0) {
            enter(Part.EXTRA_LENGTH);
        } else if (done.compareTo(Part.NAME) < 0 && (flags & HAS_NAME) != 0) {
            enter(Part.NAME);
        } else if (done.compareTo(Part.COMMENT) < 0 && (flags & HAS_COMMENT) != 0) {
            enter(Part.COMMENT);
        } else {
            enter((flags & HAS_CHECK) != 0 ? Part.CHECK : Part.BODY);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
