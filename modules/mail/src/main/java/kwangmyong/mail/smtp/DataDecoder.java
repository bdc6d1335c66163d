package kwangmyong.mail.smtp;

import io.netty.buffer.ByteBuf;

/**
 * Takes a message out of what follows {@code DATA}: removes the dots that were stuffed (RFC 5321 §4.5.2) and finds the end, which is
 * CRLF, dot, CRLF and nothing else. Servers that take anything else for the end can be made to see two messages where another saw one (SMTP
 * smuggling, 2023). A bare CR or LF (RFC 5321 §2.3.8) makes the message unacceptable; one that together with a dot might pass for the end
 * makes the rest of the connection unacceptable, since nobody can say any more where commands begin.
 */
final class DataDecoder {
    private State state = State.LINE_START;
    /** Whether the line began behind a true CRLF, or at the very beginning. */
    private boolean trulyBegun = true;

    private boolean bare;

    private enum State {
        LINE_START,
        IN_LINE,
        RETURN,
        DOT,
        DOT_RETURN
    }

    /** How far a message has come. */
    enum Progress {
        MORE,
        /** The end was consumed; what is left in the buffer is commands. */
        END,
        /** Something might pass for the end and is not. */
        AMBIGUOUS_END
    }

    /** Whether a bare CR or LF was seen. */
    boolean sawBareLineEnd() {
        return bare;
    }

    /** Consumes {@code in} up to the message's end or its own, writing the message to {@code out}. */
    Progress decode(ByteBuf in, ByteBuf out) {
        while (in.isReadable()) {
            Progress progress = take(in.readByte(), out);
            if (progress != Progress.MORE) {
                return progress;
            }
        }
        return Progress.MORE;
    }

    private Progress take(byte octet, ByteBuf out) {
        return switch (state) {
            case LINE_START -> octet == '.' ? become(State.DOT) : text(octet, out);
            case DOT -> afterDot(octet, out);
            case DOT_RETURN -> octet == '\n' && trulyBegun ? Progress.END : Progress.AMBIGUOUS_END;
            case RETURN -> afterReturn(octet, out);
            case IN_LINE -> text(octet, out);
        };
    }

    private Progress afterDot(byte octet, ByteBuf out) {
        if (octet == '\r') {
            return become(State.DOT_RETURN);
        }
        return octet == '\n' ? Progress.AMBIGUOUS_END : text(octet, out);
    }

    private Progress afterReturn(byte octet, ByteBuf out) {
        if (octet == '\n') {
            out.writeByte('\n');
            return beginLine(true);
        }
        bare = true;
        beginLine(false);
        return take(octet, out);
    }

    private Progress become(State next) {
        state = next;
        return Progress.MORE;
    }

    private Progress text(byte octet, ByteBuf out) {
        out.writeByte(octet);
        if (octet == '\n') {
            bare = true;
            return beginLine(false);
        }
        return become(octet == '\r' ? State.RETURN : State.IN_LINE);
    }

    private Progress beginLine(boolean truly) {
        trulyBegun = truly;
        return become(State.LINE_START);
    }
}
