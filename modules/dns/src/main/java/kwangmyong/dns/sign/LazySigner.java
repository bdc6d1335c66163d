package kwangmyong.dns.sign;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import kwangmyong.dns.zone.OnlineSigner;
import kwangmyong.dns.zone.RecordSet;

/**
 * Signs what is asked for, and keeps it: one table for the zone's own sets, another for what is made up for questions, so that whoever asks for
 * ever new names drives out only such. In each table the place follows from the name; a later signature takes an earlier one's.
 */
final class LazySigner implements OnlineSigner {
    private static final int LEAST_PLACES = 256;
    private static final int MOST_PLACES = 1 << 16;
    private static final int INVENTED_PLACES = 1 << 12;

    private final SetSigner signer;
    private final boolean compact;
    private final AtomicReferenceArray<Kept> standing;
    private final AtomicReferenceArray<Kept> invented = new AtomicReferenceArray<>(INVENTED_PLACES);

    /** @param sets how many sets the zone has, about */
    LazySigner(SetSigner signer, boolean compact, int sets) {
        this.signer = signer;
        this.compact = compact;
        int places = Integer.highestOneBit(Math.max(LEAST_PLACES, Math.min(MOST_PLACES / 2, sets)) * 2);
        this.standing = new AtomicReferenceArray<>(places);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] owner, int type, byte[] signature) {}

    @Override
    public byte[] sign(byte[] owner, RecordSet set, boolean isStanding) {
        AtomicReferenceArray<Kept> table = isStanding ? standing : invented;
        int place = spread(Arrays.hashCode(owner) * 31 + set.type()) & (table.length() - 1);
        Kept kept = table.get(place);
        if (kept != null && kept.type() == set.type() && Arrays.equals(kept.owner(), owner)) {
            return kept.signature();
        }
        byte[] signature = signer.sign(owner, set);
        table.set(place, new Kept(owner.clone(), set.type(), signature));
        return signature;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b1;
        return mixed ^ (mixed >>> 15);
    }

    @Override
    public boolean isCompact() {
        return compact;
    }
}
