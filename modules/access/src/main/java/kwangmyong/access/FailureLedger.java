package kwangmyong.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who fails again and again: after some free failures each further one doubles the wait, from a second to a minute. Counts by the
 * machine's monotonic clock, since an attacker's time is not the lab's. Bounded: of too many keys the one that failed longest ago is
 * forgotten.
 */
final class FailureLedger {
    static final int MAX_KEYS = 10_000;

    private static final int MAX_KEY_LENGTH = 64;
    private static final long SHORTEST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(1).toNanos();
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(15).toNanos();
    private static final int MAX_DOUBLINGS = 6;

    private final int freeFailures;
    private final LongSupplier nanos;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, long last) {}

    FailureLedger(int freeFailures, LongSupplier nanos) {
        this.freeFailures = freeFailures;
        this.nanos = nanos;
    }

    /** Whether an attempt may be made now. */
    synchronized boolean mayTry(String key) {
        Failures known = failures.get(cut(key));
        return known == null || nanos.getAsLong() - known.last >= waitAfter(known.count);
    }

    synchronized void failed(String key) {
        String cut = cut(key);
        Failures known = failures.remove(cut);
        long now = nanos.getAsLong();
        int before = known == null || now - known.last > FORGOTTEN_AFTER ? 0 : known.count;
        failures.put(cut, new Failures(Math.min(before + 1, freeFailures + MAX_DOUBLINGS), now));
        if (failures.size() > MAX_KEYS) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String key) {
        failures.remove(cut(key));
    }

    private long waitAfter(int count) {
        return count < freeFailures ? 0 : Math.min(LONGEST_WAIT, SHORTEST_WAIT << (count - freeFailures));
    }

    private static String cut(String key) {
        return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH);
    }
}
