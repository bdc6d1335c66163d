package kwangmyong.access.watch;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/**
 * What was asked of the name server below one parent: how many different names, how long and how disorderly what stands before the parent is, and for which
 * types. Different names are counted by linear counting, within a few in a hundred up to some thousands.
 */
final class Below {
    private static final int BITS = 2_048;
    private static final int ALPHABET = 128;

    private final BitSet names = new BitSet();
    private long questions;
    private long characters;
    private double bits;
    private long ofDataTypes;

    /**
     * The part of a name below which others are counted together: its last two labels, or three under {@code kp} and other two-letter ends
     * whose second label is short, as in {@code aca.kp} and {@code co.uk}.
     */
    static String parent(String name) {
        String[] labels = name.toLowerCase(Locale.ROOT).split("\\.", -1);
        int count = labels.length;
        if (count <= 2) {
            return name;
        }
        boolean country = labels[count - 1].length() == 2 && labels[count - 2].length() <= 3;
        int from = Math.max(0, count - (country ? 3 : 2));
        return String.join(".", Arrays.asList(labels).subList(from, count));
    }

    /**
     * Counts a question.
     *
     * @param before what stands before the parent, without the dot between
     * @param carriesData whether its type is one that tunnels carry data in
     */
    void add(String before, boolean carriesData, int count) {
        names.set(Math.floorMod(mixed(before.hashCode()), BITS));
        questions += count;
        characters += (long) before.length() * count;
        bits += entropy(before) * count;
        if (carriesData) {
            ofDataTypes += count;
        }
    }

    void add(Below other) {
        names.or(other.names);
        questions += other.questions;
        characters += other.characters;
        bits += other.bits;
        ofDataTypes += other.ofDataTypes;
    }

    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x45d9f3b;
        return mixed ^ (mixed >>> 13);
    }

    /** Shannon's, in bits a character. */
    static double entropy(String text) {
        int[] seen = new int[ALPHABET];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.') {
                seen[c % ALPHABET]++;
                length++;
            }
        }
        double sum = 0;
        for (int count : seen) {
            if (count > 0) {
                double share = (double) count / length;
                sum -= share * Math.log(share);
            }
        }
        return sum / Math.log(2);
    }

    long questions() {
        return questions;
    }

    /** About how many different names. */
    int names() {
        int free = BITS - names.cardinality();
        return (int) Math.round(BITS * Math.log((double) BITS / Math.max(1, free)));
    }

    /** Characters before the parent, on average. */
    double length() {
        return questions == 0 ? 0 : (double) characters / questions;
    }

    /** Bits a character in them, on average. */
    double bits() {
        return questions == 0 ? 0 : bits / questions;
    }

    /** The share of questions for types that tunnels carry data in. */
    double dataShare() {
        return questions == 0 ? 0 : (double) ofDataTypes / questions;
    }
}
