package kwangmyong.gateway.tls;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import kwangmyong.gateway.http.BadMessage;
import org.jspecify.annotations.Nullable;

/**
 * Finds a ClientHello at the beginning of a connection, over however many segments and records it comes in, and takes nothing away: the bytes
 * are the host's. Fed as little as an octet at a time, it looks at each record once. Of one connection and one thread.
 */
public final class ClientHelloReader {
    /** Octets of a ClientHello; with post-quantum key shares real ones have about 2,000. */
    static final int MAX_MESSAGE = 16 * 1_024;
    /** Records of a ClientHello; more is no way to send one. */
    static final int MAX_RECORDS = 1_024;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MAX_FRAGMENT = 1 << 14;
    private static final int FIRST_CAPACITY = 2_048;

    private byte[] message = new byte[FIRST_CAPACITY];
    private int length;
    private int scanned;
    private int records;

    /** Whether a first octet may begin TLS: those of HTTP are letters. */
    public static boolean mayBegin(byte first) {
        return first == HANDSHAKE;
    }

    /**
     * The ClientHello, or null when more bytes are needed.
     *
     * @param in all that has come since the connection began, still unread
     * @throws BadMessage for what is no ClientHello, or a longer one than {@value #MAX_MESSAGE} octets
     */
    public @Nullable ClientHello read(ByteBuf in) throws BadMessage {
        while (in.readableBytes() > scanned) {
            int at = in.readerIndex() + scanned;
            int readable = in.readableBytes() - scanned;
            refuseOtherTypes(in, at, readable);
            if (readable < RECORD_HEADER) {
                return null;
            }
            int fragment = in.getUnsignedShort(at + 3);
            if (fragment == 0 || fragment > MAX_FRAGMENT || ++records > MAX_RECORDS) {
                throw new BadMessage(400, "a TLS record of " + fragment + " octets, or too many of them");
            }
            if (readable < RECORD_HEADER + fragment) {
                records--;
                return null;
            }
            take(in, at + RECORD_HEADER, fragment);
            scanned += RECORD_HEADER + fragment;
            if (length >= HANDSHAKE_HEADER && length - HANDSHAKE_HEADER >= announced()) {
                return new ClientHelloParser(message, HANDSHAKE_HEADER, HANDSHAKE_HEADER + announced()).parse();
            }
        }
        return null;
    }

    /** At the first octet that does not fit rather than at the end of a record that never comes. */
    private static void refuseOtherTypes(ByteBuf in, int at, int readable) throws BadMessage {
        if (in.getByte(at) != HANDSHAKE || (readable > 1 && in.getByte(at + 1) != 3)) {
            throw new BadMessage(400, "this is not a TLS handshake");
        }
    }

    private void take(ByteBuf in, int from, int count) throws BadMessage {
        if (length + count > message.length) {
            message = Arrays.copyOf(message, Math.max(message.length * 2, length + count));
        }
        in.getBytes(from, message, length, count);
        length += count;
        if (message[0] != CLIENT_HELLO) {
            throw new BadMessage(400, "the TLS handshake does not begin with a ClientHello");
        }
        if (length >= HANDSHAKE_HEADER && announced() > MAX_MESSAGE) {
            throw new BadMessage(400, "the ClientHello is longer than " + MAX_MESSAGE + " octets");
        }
    }

    private int announced() {
        return (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | (message[3] & 0xff);
    }
}
