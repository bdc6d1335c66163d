package kwangmyong.kernel.place;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses, as {@code 10.76.10.0/24} or {@code fd00:76:10::/64} (CIDR, RFC 4632).
 *
 * @param network the first address; bits past {@code prefix} are zero
 * @param prefix in bits: 0-32 or 0-128
 */
public record AddressRange(InetAddress network, int prefix) {
    public AddressRange {
        byte[] bytes = network.getAddress();
        if (prefix < 0 || prefix > bytes.length * 8) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0-" + bytes.length * 8 + ")");
        }
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            if ((bytes[bit >> 3] & (0x80 >> (bit & 7))) != 0) {
                throw new IllegalArgumentException(
                        Addresses.text(network) + "/" + prefix + " has bits set past its prefix");
            }
        }
    }

    /**
     * Reads CIDR text; a bare address is a range of one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        try {
            return new AddressRange(network, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' has no number behind its slash", notANumber);
        }
    }

    /** Whether {@code address} lies in this block; one of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = prefix >> 3;
        if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = prefix & 7;
        return rest == 0 || ((mine[whole] ^ theirs[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }

    @Override
    public String toString() {
        return Addresses.text(network) + "/" + prefix;
    }
}
