package kwangmyong.border;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many packets did what. Of the packets' thread. */
final class Counts {
    long begun;
    long outward;
    long inward;
    long passed;
    private final Map<Dropped, long[]> dropped = new EnumMap<>(Dropped.class);

    Counts() {
        for (Dropped why : Dropped.values()) {
            dropped.put(why, new long[1]);
        }
    }

    void dropped(Dropped why) {
        dropped(why, 1);
    }

    void dropped(Dropped why, long packets) {
        long[] count = dropped.get(why);
        if (count != null) {
            count[0] += packets;
        }
    }

    Map<String, Long> dropped() {
        Map<String, Long> words = new TreeMap<>();
        dropped.forEach((why, count) -> {
            if (count[0] > 0) {
                words.put(why.word(), count[0]);
            }
        });
        return words;
    }

    void reset() {
        begun = 0;
        outward = 0;
        inward = 0;
        passed = 0;
        dropped.values().forEach(count -> count[0] = 0);
    }
}
