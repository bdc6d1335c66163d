package kwangmyong.access.change;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kwangmyong.access.store.Change;
import kwangmyong.kernel.journal.Event;

/**
 * What a change comes to, thought out before anything of it is done.
 *
 * @param touches what it looked at and changes: subjects, terminals; a change that touches the same must be thought out anew afterwards
 * @param forced on disk before anything else
 * @param noted written along
 * @param kept in the store before the tables
 * @param apply changes the tables, and says what the answer is; must not fail
 * @param isTold whether it may change what is decided, so that listeners want to know
 */
public record Plan<T>(
        Set<Object> touches,
        List<Event> forced,
        List<Event> noted,
        List<Change> kept,
        Supplier<T> apply,
        boolean isTold) {
    /** What a change touches that may look at or change anything. */
    public static final Object EVERYTHING = new Object() {
        @Override
        public String toString() {
            return "everything";
        }
    };

    public Plan {
        touches = Set.copyOf(touches);
        forced = List.copyOf(forced);
        noted = List.copyOf(noted);
        kept = List.copyOf(kept);
    }

    /** An answer without a change. */
    public static <T> Plan<T> answer(Set<Object> looked, List<Event> noted, T answer) {
        return new Plan<>(looked, List.of(), noted, List.of(), () -> answer, false);
    }

    /** A change that may change decisions. */
    public static <T> Plan<T> change(Set<Object> touches, List<Event> forced, List<Change> kept, Supplier<T> apply) {
        return new Plan<>(touches, forced, List.of(), kept, apply, true);
    }

    /** A subject, as something that changes touch. */
    public static Object subject(String name) {
        return new Touched("subject", name);
    }

    /** A mailbox, as something that changes touch. */
    public static Object mailbox(String address) {
        return new Touched("mailbox", address);
    }

    private record Touched(String what, String name) {}

    boolean touchesAnyOf(Set<Object> others) {
        if (touches.contains(EVERYTHING)) {
            return !others.isEmpty();
        }
        for (Object touched : touches) {
            if (others.contains(touched)) {
                return true;
            }
        }
        return others.contains(EVERYTHING);
    }

    /** Thinks a change out from how things are now. On the desk; changes nothing. */
    @FunctionalInterface
    public interface Proposal<T> {
        /**
         * Thinks the change out, without changing anything.
         *
         * @throws kwangmyong.access.api.OperationException when it cannot be done
         */
        Plan<T> plan();
    }
}
