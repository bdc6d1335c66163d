package kwangmyong.kernel.journal;

import java.time.Instant;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal. Holds the values as they were; turning them into text is the journal's work, on its own thread.
 *
 * @param time by the lab's clock
 * @param who null for what the lab or an operator did rather than a terminal
 * @param action a word: {@code resolve}, {@code log-in}, {@code grant}, {@code start}
 * @param resource what it was done to, as text or as a value whose {@code toString} is the text
 * @param decision null for an event that nobody had to allow
 * @param detail more for people, such as a grant's reason; null without
 * @param elapsedMicros from the request's arrival to its decision being presented; a measured time
 * @param count how many equal ones this stands for, 1 or more
 */
public record Event(
        Instant time,
        Layer service,
        @Nullable Identity who,
        String action,
        Object resource,
        @Nullable Decision decision,
        @Nullable String detail,
        int elapsedMicros,
        int count) {
    public Event {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: 1 or more)");
        }
    }

    /** An event that stands for itself alone. */
    public Event(
            Instant time,
            Layer service,
            @Nullable Identity who,
            String action,
            Object resource,
            @Nullable Decision decision,
            @Nullable String detail,
            int elapsedMicros) {
        this(time, service, who, action, resource, decision, detail, elapsedMicros, 1);
    }

    public static Event of(Access access, Decision decision, int elapsedMicros) {
        return of(access, decision, null, elapsedMicros);
    }

    public static Event of(Access access, Decision decision, @Nullable String detail, int elapsedMicros) {
        return new Event(
                access.when(),
                access.layer(),
                access.who(),
                access.action().word(),
                access.resource(),
                decision,
                detail,
                elapsedMicros);
    }
}
