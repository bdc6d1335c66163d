package kwangmyong.kernel.policy;

import java.time.Instant;
import kwangmyong.kernel.clearance.Clearance;

/**
 * More clearance for a while: a delegation's evening in the hotel.
 *
 * @param from inclusive, by the lab's clock
 * @param until exclusive, by the lab's clock
 * @param by the operator who gave it
 */
public record Grant(String id, String subject, Clearance added, Instant from, Instant until, String reason, String by) {
    public Grant {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a grant from " + from + " that ends at " + until);
        }
    }

    public boolean standsAt(Instant when) {
        return !when.isBefore(from) && when.isBefore(until);
    }
}
