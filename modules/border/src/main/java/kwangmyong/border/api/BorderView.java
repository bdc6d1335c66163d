package kwangmyong.border.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the border has seen.
 *
 * @param flows that it knows now
 * @param mostFlows that it may know
 * @param begun flows that were ever begun
 * @param held packets that are held up now
 * @param outward packets that came from inside
 * @param inward packets that came from the world
 * @param passed packets that went on
 * @param dropped packets that did not, by why
 * @param conditions by attachment, that of the link under {@code link}; clear ones are left out
 */
public record BorderView(
        int flows,
        int mostFlows,
        long begun,
        int held,
        long outward,
        long inward,
        long passed,
        Map<String, Long> dropped,
        Map<String, Condition> conditions) {
    /** What the link is called among {@code conditions}. */
    public static final String LINK = "link";

    public BorderView {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    }
}
