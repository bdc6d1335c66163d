package kwangmyong.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as shown to people.
 *
 * @param id what names it to operators
 * @param attachment null at an unknown terminal
 * @param origin {@code seat}, {@code portal} or {@code credentials}
 * @param services which services know of credentials, sorted; empty for the other origins, which are of the whole terminal
 * @param until when it ends by itself: the least of all that would end it; null when nothing would
 * @param endsBy what would: {@code expiry}, {@code minutes} of the attachment, or the id of a quota of minutes; null when nothing would
 * @param secondsLeft until then, by the lab's clock; null when it does not end by itself
 * @param held what counts there now, as words
 */
public record SessionView(
        String id,
        String subject,
        String terminal,
        @Nullable String attachment,
        String origin,
        List<String> services,
        Instant since,
        @Nullable Instant until,
        @Nullable String endsBy,
        @Nullable Long secondsLeft,
        @Nullable String held) {
    public SessionView {
        services = List.copyOf(services);
    }
}
