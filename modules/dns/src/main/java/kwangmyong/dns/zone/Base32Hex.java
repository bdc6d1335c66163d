package kwangmyong.dns.zone;

import java.util.Arrays;

/** Octets as text in base 32 with the alphabet that keeps their order (RFC 4648 §7), without padding. */
public final class Base32Hex {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";

    private Base32Hex() {}

    /** The text, as ASCII in lower case. */
    public static byte[] encode(byte[] octets) {
        byte[] text = new byte[(octets.length * 8 + 4) / 5];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ALPHABET.charAt(bits(octets, i * 5));
        }
        return text;
    }

    private static int bits(byte[] octets, int from) {
        int at = from / 8;
        int next = at + 1 < octets.length ? octets[at + 1] & 0xff : 0;
        int pair = ((octets[at] & 0xff) << 8) | next;
        return (pair >> (11 - from % 8)) & 0x1f;
    }

    /** What {@code length} characters stand for; nothing when they are no base 32. */
    static byte[] decode(byte[] text, int from, int length) {
        byte[] octets = new byte[length * 5 / 8];
        int held = 0;
        int bits = 0;
        int put = 0;
        for (int i = from; i < from + length; i++) {
            int value = ALPHABET.indexOf(DomainName.lower(text[i]));
            if (value < 0) {
                return new byte[0];
            }
            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8 && put < octets.length) {
                bits -= 8;
                octets[put++] = (byte) (held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return Arrays.copyOf(octets, put);
    }
}
