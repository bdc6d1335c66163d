package kwangmyong.access.journal;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** One event on its way to a line, with those that were folded into it. */
final class Pending {
    final Event event;
    /** Completed when the line is forced; null when nobody waits. */
    final @Nullable CompletableFuture<Void> forced;

    private int count;
    private int longestMicros;

    Pending(Event event, @Nullable CompletableFuture<Void> forced) {
        this.event = event;
        this.forced = forced;
        this.count = event.count();
        this.longestMicros = event.elapsedMicros();
    }

    int count() {
        return count;
    }

    int longestMicros() {
        return longestMicros;
    }

    boolean isDenial() {
        return event.decision() != null && !event.decision().isAllowed();
    }

    /** Takes in an equal event that came right after this one from the same terminal; says whether it was equal. */
    boolean fold(Pending next) {
        if (forced != null
                || next.forced != null
                || event.decision() == null
                || count > Integer.MAX_VALUE - next.count) {
            return false;
        }
        Event other = next.event;
        boolean equal = event.service() == other.service()
                && sameAsker(event.who(), other.who())
                && event.action().equals(other.action())
                && event.resource().equals(other.resource())
                && Objects.equals(event.decision(), other.decision())
                && Objects.equals(event.detail(), other.detail());
        if (equal) {
            count += next.count;
            longestMicros = Math.max(longestMicros, next.longestMicros);
        }
        return equal;
    }

    private static boolean sameAsker(@Nullable Identity one, @Nullable Identity other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.terminal().equals(other.terminal()) && Objects.equals(one.subject(), other.subject());
    }
}
