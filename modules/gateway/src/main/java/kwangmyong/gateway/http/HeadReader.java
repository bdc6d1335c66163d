package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a head and parses it. Every line ends in CRLF (RFC 9112 §2.2 lets a recipient accept a bare LF; this one does not, since
 * others do not). Fed as little as an octet at a time, it looks at each once.
 */
public final class HeadReader {
    private final HttpLimits limits;
    private int scanned;
    private int lineStart;
    private int firstLineEnd = -1;
    private int lines;
    private boolean skippedBlank;
    private boolean checkedStart;

    public HeadReader(HttpLimits limits) {
        this.limits = limits;
    }

    /**
     * The next request head, or null when more bytes are needed.
     *
     * @throws BadMessage 400, 414, 431, 501 or 505
     */
    public @Nullable RequestHead request(ByteBuf in) throws BadMessage {
        byte[] head = take(in, true);
        if (head == null) {
            refuseBadRequestLine(in);
            return null;
        }
        int end = firstLineEnd;
        restart();
        return StartLine.request(head, end, Fields.parse(head, end + 2, head.length - 2));
    }

    /**
     * The next response head, or null when more bytes are needed.
     *
     * @throws BadMessage for anything that is not one
     */
    public @Nullable ResponseHead response(ByteBuf in) throws BadMessage {
        byte[] head = take(in, true);
        if (head == null) {
            return null;
        }
        int end = firstLineEnd;
        restart();
        return StartLine.response(head, end, Fields.parse(head, end + 2, head.length - 2));
    }

    /** A trailer section up to its empty line, or null when more bytes are needed; errors as in heads, and 400 for what may not stand there. */
    @Nullable
    Fields trailers(ByteBuf in) throws BadMessage {
        byte[] section = take(in, false);
        if (section == null) {
            return null;
        }
        restart();
        Fields fields = section.length == 2 ? Fields.none() : Fields.parse(section, 0, section.length - 2);
        for (int i = 0; i < fields.size(); i++) {
            FieldName known = fields.known(i);
            if (known != null && !known.isAllowedInTrailers()) {
                throw new BadMessage(400, "a trailer section holds " + fields.name(i));
            }
        }
        return fields;
    }

    /** Whether a head has begun but not ended. */
    public boolean isWithin() {
        return scanned > 0;
    }

    private byte @Nullable [] take(ByteBuf in, boolean hasStartLine) throws BadMessage {
        int base = in.readerIndex();
        if (hasStartLine && lines == 0 && scanned == 0 && in.isReadable()) {
            refuseOtherProtocols(in.getByte(base));
        }
        while (true) {
            int feed = in.indexOf(base + scanned, in.writerIndex(), Octets.LF);
            if (feed < 0) {
                scanned = in.readableBytes();
                refuseOverlong(scanned, hasStartLine);
                return null;
            }
            int end = feed - base;
            if (end == lineStart || in.getByte(feed - 1) != Octets.CR) {
                throw new BadMessage(400, "a line ends in a bare line feed");
            }
            scanned = end + 1;
            refuseOverlong(scanned, hasStartLine);
            boolean empty = end - 1 == lineStart;
            if (empty && lines == 0 && hasStartLine) {
                skipBlankLine(in);
                base = in.readerIndex();
            } else if (empty) {
                byte[] head = new byte[scanned];
                in.readBytes(head);
                return head;
            } else {
                endLine(end, hasStartLine);
            }
        }
    }

    /** A request line that will never do is refused when it ends: who sent it may be waiting for an answer to it alone. */
    private void refuseBadRequestLine(ByteBuf in) throws BadMessage {
        if (lines > 0 && !checkedStart) {
            checkedStart = true;
            byte[] line = new byte[firstLineEnd];
            in.getBytes(in.readerIndex(), line);
            StartLine.request(line, line.length, Fields.none());
        }
    }

    private void endLine(int end, boolean hasStartLine) throws BadMessage {
        if (lines == 0 && hasStartLine) {
            firstLineEnd = end - 1;
        }
        lines++;
        lineStart = end + 1;
        if (lines - (hasStartLine ? 1 : 0) > limits.fields()) {
            throw new BadMessage(431, "there are more than " + limits.fields() + " fields");
        }
    }

    /** RFC 9112 §2.2: one empty line before a request line is let pass. */
    private void skipBlankLine(ByteBuf in) throws BadMessage {
        if (skippedBlank) {
            throw new BadMessage(400, "empty lines stand where a request line should");
        }
        skippedBlank = true;
        in.skipBytes(scanned);
        scanned = 0;
        if (in.isReadable()) {
            refuseOtherProtocols(in.getByte(in.readerIndex()));
        }
    }

    private void refuseOverlong(int length, boolean hasStartLine) throws BadMessage {
        if (hasStartLine && lines == 0 && length > limits.startLine()) {
            throw new BadMessage(414, "the request line is longer than " + limits.startLine() + " octets");
        }
        if (length > limits.head()) {
            throw new BadMessage(431, "the header section is longer than " + limits.head() + " octets");
        }
    }

    /** So that TLS or anything binary gets its answer at the first octet rather than after a time-out. */
    private static void refuseOtherProtocols(byte first) throws BadMessage {
        if (!Octets.isToken(first) && first != Octets.CR && first != Octets.LF) {
            throw new BadMessage(400, "this is not HTTP/1.1");
        }
    }

    private void restart() {
        scanned = 0;
        lineStart = 0;
        lines = 0;
        firstLineEnd = -1;
        skippedBlank = false;
        checkedStart = false;
    }
}
