package kwangmyong.net;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of a text protocol out of a buffer one at a time, strictly: only CRLF ends a line (RFC 5321 §2.3.8). A bare line feed or
 * carriage return is a fault of its own, since servers that disagree about them let one message be smuggled inside another. A line past the
 * limit is dropped as it comes, in bounded memory, and told once. Lines are pulled, so that whoever reads can stop between any two of them.
 *
 * <p>Holds state for one connection; one thread uses it.
 */
public final class LineFramer {
    private final int limit;
    private int scanned;
    private boolean tooLong;

    /** @param limit the longest line in octets, its CRLF counted */
    public LineFramer(int limit) {
        if (limit < 3) {
            throw new IllegalArgumentException("line limit: " + limit + " (expected: 3 or more)");
        }
        this.limit = limit;
    }

    /** One line, or what is wrong with it. */
    public sealed interface Line {
        /**
         * A whole line without its CRLF.
         *
         * @param octets one character an octet (ISO 8859-1), so that nothing is lost whatever the octets mean
         */
        record Text(String octets) implements Line {}

        /** What was there instead of a line; it has been consumed. */
        enum Fault implements Line {
            TOO_LONG,
            /** Ended by LF without CR. */
            BARE_LINE_FEED,
            /** Held a CR without LF. */
            BARE_CARRIAGE_RETURN
        }
    }

    /**
     * The next line of {@code in}, consumed; null when it is not whole yet. What is left in {@code in} then belongs to the next call, and is
     * never more than the limit.
     */
    public @Nullable Line next(ByteBuf in) {
        int lineFeed = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        if (lineFeed < 0) {
            holdBack(in);
            return null;
        }
        int length = lineFeed - in.readerIndex();
        boolean returned = length > 0 && in.getByte(lineFeed - 1) == '\r';
        int text = returned ? length - 1 : length;
        boolean strayReturn = in.indexOf(in.readerIndex(), in.readerIndex() + text, (byte) '\r') >= 0;
        boolean over = tooLong || length + 1 > limit;
        reset();
        if (over || !returned || strayReturn) {
            in.readerIndex(lineFeed + 1);
            return over ? Line.Fault.TOO_LONG : returned ? Line.Fault.BARE_CARRIAGE_RETURN : Line.Fault.BARE_LINE_FEED;
        }
        String octets = in.toString(in.readerIndex(), text, StandardCharsets.ISO_8859_1);
        in.readerIndex(lineFeed + 1);
        return new Line.Text(octets);
    }

    private void holdBack(ByteBuf in) {
        int readable = in.readableBytes();
        if (tooLong || readable >= limit) {
            tooLong = true;
            // The last octet may be the CR of the CRLF that ends this.
            boolean keepReturn = readable > 0 && in.getByte(in.writerIndex() - 1) == '\r';
            in.skipBytes(keepReturn ? readable - 1 : readable);
        }
        scanned = in.readableBytes();
    }

    private void reset() {
        scanned = 0;
        tooLong = false;
    }
}
