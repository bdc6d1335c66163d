package kwangmyong.access.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import kwangmyong.access.api.SlowedView;

/**
 * Slows down who fails again and again: after some free failures each further one doubles the wait, from a second to a minute. Counts by the
 * machine's monotonic clock, since an attacker's time is not the lab's. Bounded: of too many keys one that failed long ago is forgotten, and
 * rather one that failed a few times, so that nobody can have a lock forgotten by failing under many other keys.
 */
public final class FailureLedger {
    public static final int MAX_KEYS = 10_000;

    private static final int MAX_KEY_LENGTH = 64;
    private static final long SHORTEST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(1).toNanos();
    private static final long FORGOTTEN_AFTER = Duration.ofMinutes(15).toNanos();
    private static final int MAX_DOUBLINGS = 6;
    /** Among how many keys the one is looked for that is forgotten. */
    private static final int LOOKED_AT = 16;

    private final int freeFailures;
    private final LongSupplier nanos;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private record Failures(int count, long last) {}

    /** A key that must wait. */
    record Slowed(String key, int failures, long waitNanos) {
        SlowedView view(String kind) {
            long second = Duration.ofSeconds(1).toNanos();
            return new SlowedView(kind, key, failures, (waitNanos + second - 1) / second);
        }
    }

    FailureLedger(int freeFailures, LongSupplier nanos) {
        this.freeFailures = freeFailures;
        this.nanos = nanos;
    }

    /** Whether an attempt may be made now. */
    synchronized boolean mayTry(String key) {
        return !isSlowed(key);
    }

    synchronized boolean isSlowed(String key) {
        Failures known = failures.get(cut(key));
        return known != null && waitOf(known) > 0;
    }

    private long waitOf(Failures known) {
        return waitAfter(known.count) - (nanos.getAsLong() - known.last);
    }

    /** How many keys are known to have failed. */
    synchronized int size() {
        return failures.size();
    }

    /** Every key that must wait now. */
    synchronized List<Slowed> slowed() {
        List<Slowed> slowed = new ArrayList<>();
        failures.forEach((key, known) -> {
            if (waitOf(known) > 0) {
                slowed.add(new Slowed(key, known.count, waitOf(known)));
            }
        });
        return slowed;
    }

    synchronized void failed(String key) {
        String cut = cut(key);
        Failures known = failures.remove(cut);
        long now = nanos.getAsLong();
        int before = known == null || now - known.last > FORGOTTEN_AFTER ? 0 : known.count;
        failures.put(cut, new Failures(Math.min(before + 1, freeFailures + MAX_DOUBLINGS), now));
        if (failures.size() > MAX_KEYS) {
            failures.remove(leastOfTheOldest());
        }
    }

    private String leastOfTheOldest() {
        return failures.entrySet().stream()
                .limit(LOOKED_AT)
                .min(Comparator.comparingInt(entry -> entry.getValue().count))
                .orElseThrow()
                .getKey();
    }

    /** Forgets the failures of a key; tells whether there were any. */
    synchronized boolean succeeded(String key) {
        return failures.remove(cut(key)) != null;
    }

    /** Forgets those of every key that {@code which} picks; tells whether there were any. */
    synchronized boolean forget(Predicate<String> which) {
        return failures.keySet().removeIf(which);
    }

    private long waitAfter(int count) {
        return count < freeFailures ? 0 : Math.min(LONGEST_WAIT, SHORTEST_WAIT << (count - freeFailures));
    }

    private static String cut(String key) {
        return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH);
    }
}
