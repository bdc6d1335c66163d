package kwangmyong.gateway.content;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the fields of a form say ({@code application/x-www-form-urlencoded}, WHATWG URL §5.1), read as it passes. One thread. */
final class FormText {
    private static final int HEX = 16;
    /** What has come of an escape: nothing, its percent sign, or its first digit too. */
    private int begun;

    private int first;

    static boolean isOne(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .equalsIgnoreCase("application/x-www-form-urlencoded");
    }

    /** The octets that a part stands for; what begins an escape waits for the next. A percent sign without two digits stands for itself. */
    ByteBuf of(ByteBuf part) {
        ByteBuf text = Unpooled.buffer(part.readableBytes() + 2);
        for (int at = part.readerIndex(); at < part.writerIndex(); at++) {
            take(part.getByte(at), text);
        }
        return text;
    }

    private void take(byte octet, ByteBuf text) {
        int digit = octet < 0 ? -1 : Character.digit(octet, HEX);
        if (begun == 1 && digit >= 0) {
            first = octet;
            begun = 2;
        } else if (begun == 2 && digit >= 0) {
            text.writeByte(Character.digit(first, HEX) * HEX + digit);
            begun = 0;
        } else {
            giveUp(text);
            if (octet == '%') {
                begun = 1;
            } else {
                text.writeByte(octet == '+' ? ' ' : octet);
            }
        }
    }

    private void giveUp(ByteBuf text) {
        if (begun > 0) {
            text.writeByte('%');
        }
        if (begun == 2) {
            text.writeByte(first);
        }
        begun = 0;
    }
}
