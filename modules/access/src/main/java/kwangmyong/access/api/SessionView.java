package kwangmyong.access.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as shown to people.
 *
 * @param attachment null at an unknown terminal
 * @param origin {@code seat} or {@code portal}
 * @param until null when it does not expire
 * @param held what counts there now, as words
 */
public record SessionView(
        String subject,
        String terminal,
        @Nullable String attachment,
        String origin,
        Instant since,
        @Nullable Instant until,
        @Nullable String held) {}
