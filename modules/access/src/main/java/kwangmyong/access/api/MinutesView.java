package kwangmyong.access.api;

import java.util.List;

/**
 * What a subject has used of a quota of minutes today, by the lab's clock.
 *
 * @param quota its id
 * @param attachments where it counts, sorted; empty for everywhere
 */
public record MinutesView(
        String quota, List<String> attachments, long limitSeconds, long usedSeconds, long secondsLeft) {
    public MinutesView {
        attachments = List.copyOf(attachments);
    }
}
