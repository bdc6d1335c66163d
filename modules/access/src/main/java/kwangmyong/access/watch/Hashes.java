package kwangmyong.access.watch;

import java.util.Arrays;
import java.util.Set;

/** A few different texts, by their hashes: as many as {@value #MOST}, then it takes no more. */
final class Hashes {
    static final int MOST = 96;

    private int[] hashes = new int[4];
    private int count;

    /** Adds a text; says whether it is a new one. */
    boolean add(String text) {
        int hash = text.hashCode();
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash) {
                return false;
            }
        }
        if (count == MOST) {
            return false;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(MOST, count * 2));
        }
        hashes[count++] = hash;
        return true;
    }

    void addTo(Set<Integer> all) {
        for (int i = 0; i < count; i++) {
            all.add(hashes[i]);
        }
    }
}
