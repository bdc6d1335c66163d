package kwangmyong.dns.sign;

import java.nio.ByteBuffer;
import java.util.Arrays;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Rrsig;

/** Signs record sets with one key and one window (RFC 4034 §3.1.8.1). Stateless; any thread may call it. */
final class SetSigner {
    private static final int CLASS_IN = 1;
    private static final int RECORD_HEADER = 10;

    private final ZoneKey key;
    private final SignatureWindow window;

    SetSigner(ZoneKey key, SignatureWindow window) {
        this.key = key;
        this.window = window;
    }

    /**
     * The data of the RRSIG record.
     *
     * @param owner in lower case
     */
    byte[] sign(byte[] owner, RecordSet set) {
        byte[] signer = key.zone();
        byte[] head = ByteBuffer.allocate(Rrsig.FIXED + signer.length)
                .putShort((short) set.type())
                .put((byte) key.algorithm().number())
                .put((byte) labels(owner))
                .putInt(set.ttl())
                .putInt((int) window.expiration().getEpochSecond()) // RFC 4034 §3.1.5: serial number arithmetic
                .putInt((int) window.inception().getEpochSecond())
                .putShort((short) key.tag())
                .put(signer)
                .array();
        byte[] signature = key.algorithm().sign(key.secret(), signed(head, owner, set));
        byte[] data = Arrays.copyOf(head, head.length + signature.length);
        System.arraycopy(signature, 0, data, head.length, signature.length);
        return data;
    }

    private static byte[] signed(byte[] head, byte[] owner, RecordSet set) {
        byte[][] records = new byte[set.size()][];
        int length = head.length;
        for (int i = 0; i < records.length; i++) {
            records[i] = CanonicalData.of(set.type(), set.data(i));
            length += owner.length + RECORD_HEADER + records[i].length;
        }
        Arrays.sort(records, Arrays::compareUnsigned); // RFC 4034 §6.3
        ByteBuffer signed = ByteBuffer.allocate(length).put(head);
        for (byte[] data : records) {
            signed.put(owner)
                    .putShort((short) set.type())
                    .putShort((short) CLASS_IN)
                    .putInt(set.ttl())
                    .putShort((short) data.length)
                    .put(data);
        }
        return signed.array();
    }

    /** Labels without the root and without a wildcard's star: by the difference a validator sees that a name was synthesised. */
    private static int labels(byte[] owner) {
        int labels = 0;
        for (int at = 0; owner[at] != 0; at += owner[at] + 1) {
            labels++;
        }
        return isWildcard(owner) ? labels - 1 : labels;
    }

    private static boolean isWildcard(byte[] owner) {
        return owner[0] == 1 && owner[1] == '*';
    }

    /** Whether a zone's set is its own to sign: not glue, not the NS of a child (RFC 4035 §2.2), and no signature. */
    static boolean isSigned(Node node, int type) {
        if (type == RecordType.RRSIG || node.occluder() != null) {
            return false;
        }
        return !node.isCut() || type == RecordType.DS || type == RecordType.NSEC;
    }

    static byte[] owner(Node node) {
        return DomainName.canonical(node.owner());
    }
}
