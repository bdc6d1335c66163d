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
 * @param added whether an operator added them; else they are declared
 * @param hasPassword whether there is one to log in with
 * @param lock null for one who is not locked
 * @param minutes what they have used today of every quota that is theirs
 */
public record SubjectView(
        String name,
        String description,
        String clearance,
        List<String> seats,
        @Nullable String mailbox,
        List<String> terminals,
        boolean added,
        boolean hasPassword,
        List<KeyView> keys,
        @Nullable LockView lock,
        List<MinutesView> minutes) {
    public SubjectView {
        seats = List.copyOf(seats);
        terminals = List.copyOf(terminals);
        keys = List.copyOf(keys);
        minutes = List.copyOf(minutes);
    }
}
