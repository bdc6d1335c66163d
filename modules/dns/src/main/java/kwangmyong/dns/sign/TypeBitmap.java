package kwangmyong.dns.sign;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/** Types as NSEC and NSEC3 list them (RFC 4034 §4.1.2). */
final class TypeBitmap {
    private static final int WINDOW = 256;

    private TypeBitmap() {}

    static byte[] of(BitSet types) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int type = types.nextSetBit(0); type >= 0; type = types.nextSetBit(type)) {
            int window = type / WINDOW;
            byte[] bits = new byte[WINDOW / 8];
            int used = 0;
            for (; type >= 0 && type / WINDOW == window; type = types.nextSetBit(type + 1)) {
                int bit = type % WINDOW;
                bits[bit / 8] |= (byte) (0x80 >> bit % 8);
                used = bit / 8 + 1;
            }
            out.write(window);
            out.write(used);
            out.write(bits, 0, used);
            if (type < 0) {
                break;
            }
        }
        return out.toByteArray();
    }
}
