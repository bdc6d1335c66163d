package kwangmyong.access.api;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place as shown to people.
 *
 * @param ceiling as words
 * @param logIn {@code seat} or {@code portal}
 * @param minutes how long a session lasts there at most; null without such a limit
 * @param usdPerHour null where it costs nothing
 */
public record AttachmentView(
        String name,
        List<String> ranges,
        String ceiling,
        String logIn,
        @Nullable Integer minutes,
        @Nullable BigDecimal usdPerHour) {
    public AttachmentView {
        ranges = List.copyOf(ranges);
    }
}
