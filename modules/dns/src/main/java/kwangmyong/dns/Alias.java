package kwangmyong.dns;

import java.util.Arrays;
import kwangmyong.dns.zone.DomainName;
import org.jspecify.annotations.Nullable;

/** Names made from names. */
final class Alias {
    /** How many aliases are followed for one question before the answer is given as far as it came. */
    static final int MAX_CHAIN = 16;

    private Alias() {}

    /**
     * The name with its suffix replaced (RFC 6672 §2.2); null when the outcome is longer than a name may be.
     *
     * @param suffixLength octets of the suffix, the root's included
     */
    static byte @Nullable [] renamed(byte[] name, int suffixLength, byte[] target) {
        int kept = name.length - suffixLength;
        if (kept + target.length > DomainName.MAX_LENGTH) {
            return null;
        }
        byte[] renamed = Arrays.copyOf(name, kept + target.length);
        System.arraycopy(target, 0, renamed, kept, target.length);
        return renamed;
    }

    /** Whether a name is another or below it, in whatever case. */
    static boolean isWithin(byte[] name, byte[] ancestor) {
        int at = 0;
        while (name.length - at > ancestor.length) {
            at += 1 + name[at];
        }
        byte[] rest = Arrays.copyOfRange(name, at, name.length);
        return Arrays.equals(DomainName.canonical(rest), DomainName.canonical(ancestor));
    }
}
