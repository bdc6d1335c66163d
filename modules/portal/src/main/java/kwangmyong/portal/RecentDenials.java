package kwangmyong.portal;

import java.util.List;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** What was lately denied to someone: from memory, never blocking. */
@FunctionalInterface
public interface RecentDenials {
    /** Nothing is remembered. */
    RecentDenials NONE = (who, subject, most) -> List.of();

    /**
     * The latest denials of a subject, or of a terminal that nobody is logged in at (those that named nobody).
     *
     * @param who who is at the terminal
     * @param subject whose denials; null for those of the bare terminal
     * @param most how many at most
     * @return latest first
     */
    List<Event> of(Identity who, @Nullable String subject, int most);
}
