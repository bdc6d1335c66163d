package kwangmyong.kernel.policy;

import java.net.InetAddress;
import java.util.Set;
import kwangmyong.kernel.clearance.Clearance;
import org.jspecify.annotations.Nullable;

/**
 * A person or program that asks.
 *
 * @param name the log-in name; lower case
 * @param description who this is, as shown to people
 * @param seats the terminals that belong to this subject
 * @param mailbox the address of their mailbox, lower case; null without one
 */
public record Subject(
        String name,
        String description,
        Clearance clearance,
        Set<InetAddress> seats,
        @Nullable String mailbox) {
    public Subject {
        seats = Set.copyOf(seats);
    }
}
