package kwangmyong.console.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.Operations;
import kwangmyong.border.api.Border;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;

/**
 * What the operator's commands act on.
 *
 * @param status what {@code status} shows beside the access controller's own numbers: services, listeners, mode
 * @param zone of the times shown and of those given without one
 * @param isLive whether a lab is running; without one only what the configuration and the journal can tell is answered
 * @param border null where there is none
 */
public record ConsolePorts(
        Operations operations,
        JournalView journal,
        Supplier<List<StatusLine>> status,
        Reload reload,
        LabClock clock,
        Move move,
        ZoneId zone,
        boolean isLive,
        @Nullable Border border) {
    /** One line of {@code status}, such as {@code dns/udp} and {@code 10.76.0.1:53}. */
    public record StatusLine(String name, String text) {}

    /** Moves the lab's clock forward, and records who did. */
    @FunctionalInterface
    public interface Move {
        /**
         * Moves it.
         *
         * @throws IllegalArgumentException when {@code target} is in the past
         */
        void moveTo(Instant target, String operator);
    }

    /** Reads the lab's configuration again. */
    @FunctionalInterface
    public interface Reload {
        Outcome reload(String operator);

        /**
         * What came of it.
         *
         * @param isDone false when the configuration has faults, and the rules in force stay
         * @param lines the faults, or what changed
         */
        record Outcome(boolean isDone, List<String> lines) {
            public Outcome {
                lines = List.copyOf(lines);
            }
        }
    }
}
