package kwangmyong.dns.sign;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.Zone;

/** A hash of everything that a signed zone is made of: its records, its keys, those of its children, and how it is signed. */
final class ZoneContent {
    private final MessageDigest digest = ZoneKey.sha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(3 * Integer.BYTES);

    private ZoneContent() {}

    /** In hexadecimal digits. The order of names and records counts: files are read in theirs. */
    static String of(Zone plain, ZoneKey key, SigningPolicy policy, Function<Node, List<byte[]>> childKeys) {
        ZoneContent content = new ZoneContent();
        content.take(policy.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        content.take(key.dnskey());
        for (Node node : plain.nodes()) {
            content.take(node.owner());
            for (int i = 0; i < node.setCount(); i++) {
                content.take(node.set(i));
            }
            if (node.isCut() && node.occluder() == null) {
                childKeys.apply(node).forEach(content::take);
            }
        }
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void take(RecordSet set) {
        take(set.type(), set.ttl(), set.size());
        for (int i = 0; i < set.size(); i++) {
            take(set.data(i));
        }
    }

    private void take(byte[] octets) {
        take(octets.length, 0, 0);
        digest.update(octets);
    }

    private void take(int first, int second, int third) {
        numbers.clear();
        digest.update(numbers.putInt(first).putInt(second).putInt(third).array());
    }
}
