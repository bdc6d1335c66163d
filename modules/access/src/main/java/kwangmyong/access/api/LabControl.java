package kwangmyong.access.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator may ask of a lab as a whole. Its calls may block; never make them on an event loop. */
public interface LabControl {
    /** What {@code status} shows beside the access controller's own numbers: services, listeners, mode. */
    List<Part> parts();

    /** Reads the configuration again. */
    Reloaded reload(String by);

    /**
     * Whose decisions would change from the rules that were loaded last to those of a configuration; puts nothing in force. Grants, and who was added
     * while the lab runs, are no part of either.
     *
     * @param name a lab under {@code lab-configs}, by its name alone; null for the lab's own configuration as it is written now
     * @throws OperationException when there is no such lab, its configuration has faults, or there is too much to compare
     */
    PolicyDiff compare(@Nullable String name);

    /**
     * Moves the lab's clock forward, and records who did.
     *
     * @throws IllegalArgumentException when {@code target} is in the past
     */
    void moveClock(Instant target, String by);

    /**
     * Records that an operator asked for what their scopes do not hold.
     *
     * @param what the command, or the method and path
     */
    void outOfScope(String by, String what, Scope needed);

    /** One line of {@code status}, such as {@code dns/udp} and {@code 10.76.0.1:53}. */
    record Part(String name, String text) {}

    /**
     * What came of a reload.
     *
     * @param isDone false when the configuration has faults, and the rules in force stay
     * @param lines the faults, or what changed
     */
    record Reloaded(boolean isDone, List<String> lines) {
        public Reloaded {
            lines = List.copyOf(lines);
        }
    }
}
