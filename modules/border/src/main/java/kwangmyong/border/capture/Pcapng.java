package kwangmyong.border.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Blocks of a pcapng file, draft-ietf-opsawg-pcapng, little-endian, times in nanoseconds. */
public final class Pcapng {
    /** More than a packet's block has beside the packet and its comment. */
    public static final int OVERHEAD = 64;

    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int MAGIC = 0x1a2b3c4d;
    private static final int ETHERNET = 1;
    private static final int END = 0;
    private static final int COMMENT = 1;
    private static final int APPLICATION = 4;
    private static final int NAME = 2;
    private static final int RESOLUTION = 9;
    private static final int FLAGS = 2;
    private static final int IN = 1;
    private static final int OUT = 2;

    private Pcapng() {}

    /**
     * The beginning of a file: its section and an interface for each name, numbered from 0.
     *
     * @param to has room for a few hundred octets
     */
    public static void begin(ByteBuffer to, String application, String... interfaces) {
        to.order(ByteOrder.LITTLE_ENDIAN);
        int start = open(to, SECTION);
        to.putInt(MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(to, APPLICATION, application.getBytes(StandardCharsets.UTF_8));
        close(to, start);
        for (String name : interfaces) {
            int block = open(to, INTERFACE);
            to.putShort((short) ETHERNET).putShort((short) 0).putInt(0);
            option(to, NAME, name.getBytes(StandardCharsets.UTF_8));
            option(to, RESOLUTION, new byte[] {9});
            close(to, block);
        }
    }

    /**
     * A packet.
     *
     * @param to has room for the packet, the comment and {@value #OVERHEAD} octets
     * @param nanos since 1970
     * @param comment at most 65535 octets
     */
    public static void packet(
            ByteBuffer to,
            int number,
            boolean arriving,
            long nanos,
            ByteBuffer octets,
            int at,
            int length,
            byte[] comment) {
        int start = open(to, PACKET);
        to.putInt(number)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos)
                .putInt(length)
                .putInt(length);
        to.put(to.position(), octets, at, length);
        to.position(to.position() + length);
        pad(to, length);
        to.putShort((short) FLAGS).putShort((short) 4).putInt(arriving ? IN : OUT);
        option(to, COMMENT, comment);
        close(to, start);
    }

    private static int open(ByteBuffer to, int type) {
        int start = to.position();
        to.putInt(type).putInt(0);
        return start;
    }

    private static void option(ByteBuffer to, int code, byte[] value) {
        to.putShort((short) code).putShort((short) value.length).put(value);
        pad(to, value.length);
    }

    private static void pad(ByteBuffer to, int length) {
        for (int i = length; (i & 3) != 0; i++) {
            to.put((byte) 0);
        }
    }

    private static void close(ByteBuffer to, int start) {
        to.putInt(END);
        int length = to.position() + 4 - start;
        to.putInt(length).putInt(start + 4, length);
    }
}
