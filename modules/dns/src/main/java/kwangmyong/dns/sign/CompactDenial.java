package kwangmyong.dns.sign;

import java.util.Arrays;
import java.util.BitSet;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import org.jspecify.annotations.Nullable;

/** NSEC records made up for one name, which say what it has and nothing of any other (RFC 9824 §3). */
public final class CompactDenial {
    private static final byte[] LEAST_LABEL = {1, 0};

    private CompactDenial() {}

    /**
     * The record for a name.
     *
     * @param name in lower case
     * @param node whose types it has; null for a name that does not exist
     * @param ttl in seconds
     */
    public static RecordSet nsec(byte[] name, @Nullable Node node, int ttl) {
        BitSet types = node == null ? new BitSet() : DenialChain.types(node);
        if (node == null) {
            types.set(RecordType.NXNAME);
        }
        types.set(RecordType.NSEC);
        types.set(RecordType.RRSIG);
        byte[] next = node != null && node.isCut() ? afterAllBelow(name) : successor(name);
        return RecordSet.of(RecordType.NSEC, ttl, DenialChain.join(next, TypeBitmap.of(types)));
    }

    /** The name that comes next in canonical order, of all that could be: RFC 4471 §3.1.1. */
    static byte[] successor(byte[] name) {
        if (name.length + LEAST_LABEL.length <= DomainName.MAX_LENGTH) {
            return DenialChain.join(LEAST_LABEL, name);
        }
        return afterAllBelow(name);
    }

    /** The name that comes next behind everything below this one: what is below a cut is not the zone's to deny (RFC 9824 §3.4). */
    static byte[] afterAllBelow(byte[] name) {
        byte[] rest = name;
        while (rest[0] != 0) {
            byte[] next = nextLabel(rest);
            if (next.length > 0) {
                return next;
            }
            rest = Arrays.copyOfRange(rest, rest[0] + 1, rest.length);
        }
        return rest; // the last name of all; the root comes round again
    }

    /** The name with its first label made just greater; nothing when that label is the greatest there is. */
    private static byte[] nextLabel(byte[] name) {
        int length = name[0];
        if (length < DomainName.MAX_LABEL && name.length < DomainName.MAX_LENGTH) {
            byte[] longer = new byte[name.length + 1];
            longer[0] = (byte) (length + 1);
            System.arraycopy(name, 1, longer, 1, length);
            System.arraycopy(name, length + 1, longer, length + 2, name.length - length - 1);
            return longer;
        }
        int last = length;
        while (last > 0 && name[last] == (byte) 0xff) {
            last--;
        }
        if (last == 0) {
            return new byte[0];
        }
        byte[] greater = new byte[name.length - (length - last)];
        greater[0] = (byte) last;
        System.arraycopy(name, 1, greater, 1, last);
        int raised = (name[last] & 0xff) + 1;
        greater[last] = (byte) (raised == 'A' ? 'Z' + 1 : raised); // capitals count as small letters
        System.arraycopy(name, length + 1, greater, last + 1, name.length - length - 1);
        return greater;
    }
}
