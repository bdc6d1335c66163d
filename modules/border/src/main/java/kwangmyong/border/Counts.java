package kwangmyong.border;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How many packets did what. Of the packets' thread. */
final class Counts {
    long begun;
    long outward;
    long inward;
    long passed;
    private final long[] dropped = new long[Dropped.values().length];

    void dropped(Dropped why) {
        dropped(why, 1);
    }

    void dropped(Dropped why, long packets) {
        dropped[why.ordinal()] += packets;
    }

    Map<String, Long> dropped() {
        Map<String, Long> words = new TreeMap<>();
        for (Dropped why : Dropped.values()) {
            if (dropped[why.ordinal()] > 0) {
                words.put(why.word(), dropped[why.ordinal()]);
            }
        }
        return words;
    }

    void reset() {
        begun = 0;
        outward = 0;
        inward = 0;
        passed = 0;
        Arrays.fill(dropped, 0);
    }
}
