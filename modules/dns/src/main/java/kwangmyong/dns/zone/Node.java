package kwangmyong.dns.zone;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name that exists in a zone: with records, or only because something below it has some (an empty non-terminal). */
public final class Node {
    private final byte[] owner;
    private final int labels;
    private RecordSet[] sets = {};
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
        return sets.length;
    }

    public RecordSet set(int index) {
        return sets[index];
    }

    public @Nullable RecordSet find(int type) {
        for (RecordSet set : sets) {
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
        sets = ascending.toArray(new RecordSet[0]);
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
