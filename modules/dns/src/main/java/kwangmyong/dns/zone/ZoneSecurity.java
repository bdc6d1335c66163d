package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a signed zone proves what it says and what it denies.
 *
 * @param nsec its NSEC records; null without
 * @param nsec3 its NSEC3 records, which take precedence; null without
 * @param signer makes the signatures; null where the zone holds them as records
 */
public record ZoneSecurity(
        @Nullable NsecChain nsec,
        @Nullable Nsec3Chain nsec3,
        @Nullable OnlineSigner signer) {

    /**
     * Of a zone that is put together; null when it is not signed: without a signer, and no RRSIG at its apex.
     *
     * @param hashed the nodes of NSEC3 records
     */
    static @Nullable ZoneSecurity of(Node apex, List<Node> nodes, List<Node> hashed, @Nullable OnlineSigner signer) {
        if (signer == null && apex.find(RecordType.RRSIG) == null) {
            return null;
        }
        return new ZoneSecurity(nsec(apex, nodes), nsec3(apex, hashed), signer);
    }

    private static @Nullable NsecChain nsec(Node apex, List<Node> nodes) {
        if (apex.find(RecordType.NSEC) == null) {
            return null;
        }
        List<Node> links = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            if (node.occluder() == null && node.find(RecordType.NSEC) != null) {
                links.add(node);
            }
        }
        return new NsecChain(links);
    }

    private static @Nullable Nsec3Chain nsec3(Node apex, List<Node> hashed) {
        RecordSet parameters = apex.find(RecordType.NSEC3PARAM);
        if (parameters == null) {
            return null;
        }
        Nsec3Hash hash = Nsec3Hash.read(parameters.data(0));
        List<Node> links = new ArrayList<>(hashed.size());
        for (Node node : hashed) {
            RecordSet set = node.find(RecordType.NSEC3);
            if (set != null && hash.isOf(set.data(0))) {
                links.add(node);
            }
        }
        return links.isEmpty() ? null : new Nsec3Chain(hash, links);
    }
}
