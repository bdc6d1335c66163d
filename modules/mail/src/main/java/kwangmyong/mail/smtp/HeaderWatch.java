package kwangmyong.mail.smtp;

import io.netty.buffer.ByteBuf;

/** Counts {@code Received:} fields as a message streams by, to find mail that goes round in circles (RFC 5321 §6.3). */
final class HeaderWatch {
    private static final String FIELD = "received:";

    private boolean inHeader = true;
    private int column;
    private boolean matches = true;
    private int received;

    int received() {
        return received;
    }

    /** Looks at the readable octets of {@code part} without consuming them. */
    void look(ByteBuf part) {
        for (int i = part.readerIndex(); inHeader && i < part.writerIndex(); i++) {
            byte octet = part.getByte(i);
            if (octet == '\n') {
                inHeader = column > 0;
                column = 0;
                matches = true;
            } else if (octet != '\r') {
                if (column < FIELD.length()) {
                    matches &= Character.toLowerCase((char) octet) == FIELD.charAt(column);
                    if (matches && column == FIELD.length() - 1) {
                        received++;
                    }
                }
                column++;
            }
        }
    }
}
