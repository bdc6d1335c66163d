package kwangmyong.access.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject to add.
 *
 * @param name the log-in name: lower-case letters, digits, {@code _} and {@code -}, beginning with a letter or digit
 * @param description who this is, as shown to people; empty for the name
 * @param clearance as words, {@code cleared + library}; empty for the lowest level
 * @param seats lab addresses, each within an attachment and nobody's
 * @param mailbox null without one; else its domain must be one of the lab's
 * @param password null for one who cannot log in by password yet; at most 1,024 characters
 */
public record NewSubject(
        String name,
        String description,
        String clearance,
        List<String> seats,
        @Nullable String mailbox,
        @Nullable String password) {
    public NewSubject {
        seats = List.copyOf(seats);
    }

    /** Without what must not be shown. */
    @Override
    public String toString() {
        return "NewSubject[" + name + "]";
    }
}
