package kwangmyong.portal;

import java.util.List;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.Operations;
import org.jspecify.annotations.Nullable;

/** What was lately denied to someone: from memory, never blocking. */
@FunctionalInterface
public interface RecentDenials {
    /** Nothing is remembered. */
    RecentDenials NONE = (terminal, subject) -> List.of();

    /**
     * The latest denials of a subject wherever they were, or of a terminal while nobody was logged in there: nobody sees what befell the
     * guest before.
     *
     * @param terminal a lab address
     * @param subject null for those of the bare terminal
     * @return latest first, bounded
     */
    List<DenialView> of(String terminal, @Nullable String subject);

    /** As the access controller remembers them. */
    static RecentDenials from(Operations operations) {
        return (terminal, subject) -> subject != null
                ? operations.denialsOf(subject)
                : operations.denialsAt(terminal).stream()
                        .filter(denial -> denial.subject() == null)
                        .toList();
    }
}
