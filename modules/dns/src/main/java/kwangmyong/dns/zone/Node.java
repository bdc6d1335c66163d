package kwangmyong.dns.zone;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name that exists in a zone: with records, or only because something below it has some (an empty non-terminal). */
public final class Node {
    private static final RecordSet[] NOTHING = {};

    private final byte[] owner;
    private final int labels;
    /** {@link #NOTHING}, the only set, or an array of all: most names have one. */
    private Object sets = NOTHING;

    /** For whoever builds the zone. */
    int number = -1;

    /** For whoever builds the zone; null at the apex. */
    @Nullable
    Node parent;

    private boolean cut;
    private @Nullable Node occluder;
    private @Nullable Node wildcard;
    private @Nullable String text;

    Node(byte[] owner, int labels) {
        this.owner = owner;
        this.labels = labels;
    }

    /** The name on the wire, in the case of the zone file; not to be written to. */
    public byte[] owner() {
        return owner;
    }

    /** Labels of the name, the root not counted. */
    public int labels() {
        return labels;
    }

    /** By type number, ascending. */
    public int setCount() {
        return sets instanceof RecordSet[] all ? all.length : 1;
    }

    public RecordSet set(int index) {
        return sets instanceof RecordSet[] all ? all[index] : (RecordSet) sets;
    }

    public @Nullable RecordSet find(int type) {
        if (sets instanceof RecordSet only) {
            return only.type() == type ? only : null;
        }
        for (RecordSet set : (RecordSet[]) sets) {
            if (set.type() == type) {
                return set;
            }
        }
        return null;
    }

    /** Whether the zone is cut here: NS records below the apex (RFC 1034 §4.2.1). */
    public boolean isCut() {
        return cut;
    }

    /** The ancestor, highest first, whose zone cut or DNAME hides this name; null when nothing does. */
    public @Nullable Node occluder() {
        return occluder;
    }

    /** The child {@code *}, from which names that do not exist are synthesised (RFC 4592); null without. */
    public @Nullable Node wildcard() {
        return wildcard;
    }

    /** The name as rules write it; see {@link DomainName#text}. */
    public String text() {
        String known = text;
        if (known == null) {
            known = DomainName.text(owner, 0);
            text = known; // threads that race here write equal strings
        }
        return known;
    }

    void fill(List<RecordSet> ascending, boolean isCut) {
        sets = ascending.size() == 1 ? ascending.get(0) : ascending.toArray(NOTHING);
        cut = isCut;
    }

    void fill(RecordSet only, boolean isCut) {
        sets = only;
        cut = isCut;
    }

    /** Takes over the records of the wildcard that stands for this name. */
    void fillAs(Node source) {
        sets = source.sets;
        cut = false;
    }

    void occludedBy(@Nullable Node ancestor) {
        occluder = ancestor;
    }

    void wildcard(Node child) {
        wildcard = child;
    }
}
