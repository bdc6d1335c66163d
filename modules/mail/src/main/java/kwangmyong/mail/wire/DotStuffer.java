package kwangmyong.mail.wire;

import io.netty.buffer.ByteBuf;

/**
 * Turns a message into a multi-line response as it streams by (RFC 1939 §3): a line that begins with a dot gets another one, and the whole ends
 * with a dot alone. A line feed that another program stored without its carriage return gets one. For {@code TOP}, it stops after so many
 * lines of the body.
 */
public final class DotStuffer {
    /** Every line. */
    public static final int WHOLE = Integer.MAX_VALUE;

    private int bodyLinesLeft;
    private boolean inBody;
    private boolean lineStart = true;
    private boolean emptyLine = true;
    private byte last;

    /** @param bodyLines how many lines of the body are wanted beside the header; {@link #WHOLE} for all */
    public DotStuffer(int bodyLines) {
        this.bodyLinesLeft = bodyLines;
    }

    /** Whether nothing more is wanted. */
    public boolean isSatisfied() {
        return inBody && bodyLinesLeft == 0;
    }

    /** Consumes {@code in}, writing what is to be sent to {@code out}, at most three octets for each. */
    public void write(ByteBuf in, ByteBuf out) {
        while (in.isReadable() && !isSatisfied()) {
            byte octet = in.readByte();
            if (lineStart && octet == '.') {
                out.writeByte('.');
            }
            if (octet == '\n') {
                if (last != '\r') {
                    out.writeByte('\r');
                }
                out.writeByte('\n');
                endLine();
            } else {
                out.writeByte(octet);
                lineStart = false;
                emptyLine &= octet == '\r';
            }
            last = octet;
        }
    }

    /** Ends the response. */
    public void end(ByteBuf out) {
        if (!lineStart) {
            if (last != '\r') {
                out.writeByte('\r');
            }
            out.writeByte('\n');
        }
        out.writeByte('.').writeByte('\r').writeByte('\n');
    }

    private void endLine() {
        if (inBody) {
            bodyLinesLeft = bodyLinesLeft == WHOLE ? WHOLE : bodyLinesLeft - 1;
        } else if (emptyLine) {
            inBody = true;
        }
        lineStart = true;
        emptyLine = true;
    }
}
