package kwangmyong.access.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject as shown to people.
 *
 * @param clearance as words
 * @param seats lab addresses, sorted
 * @param mailbox null without one
 * @param terminals where they are now
 */
public record SubjectView(
        String name,
        String description,
        String clearance,
        List<String> seats,
        @Nullable String mailbox,
        List<String> terminals) {
    public SubjectView {
        seats = List.copyOf(seats);
        terminals = List.copyOf(terminals);
    }
}
