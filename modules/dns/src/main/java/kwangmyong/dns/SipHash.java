package kwangmyong.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** SipHash-2-4 with a 64-bit result (Aumasson and Bernstein 2012), which RFC 9018 §4.4 makes server cookies with. */
final class SipHash {
    /** The octets of a key. */
    static final int KEY = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(byte[] key) {
        long k0 = (long) LONG.get(key, 0);
        long k1 = (long) LONG.get(key, 8);
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** The hash of {@code message}; its octets in little-endian order are the reference implementation's. */
    static long of(byte[] key, byte[] message) {
        SipHash hash = new SipHash(key);
        int whole = message.length & ~7;
        for (int at = 0; at < whole; at += 8) {
            hash.mix((long) LONG.get(message, at));
        }
        long last = (long) message.length << 56;
        for (int at = whole; at < message.length; at++) {
            last |= (message[at] & 0xffL) << (8 * (at - whole));
        }
        hash.mix(last);
        hash.v2 ^= 0xff;
        for (int i = 0; i < 4; i++) {
            hash.round();
        }
        return hash.v0 ^ hash.v1 ^ hash.v2 ^ hash.v3;
    }

    private void mix(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
