package kwangmyong.access.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A bounded queue from many threads to one, in which nobody ever waits for a lock. */
final class HandOver {
    private final AtomicReferenceArray<@Nullable Pending> slots;
    private final int mask;
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    HandOver(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    int capacity() {
        return mask + 1;
    }

    /** How many wait, within what other threads are doing at the moment. */
    int depth() {
        return (int) (claimed.get() - taken.get());
    }

    /** Takes {@code pending} unless {@code limit} or more wait already; any thread. */
    boolean offer(Pending pending, int limit) {
        long place;
        do {
            place = claimed.get();
            if (place - taken.get() >= limit) {
                return false;
            }
        } while (!claimed.compareAndSet(place, place + 1));
        slots.set((int) place & mask, pending);
        return true;
    }

    /** The oldest, or null when none waits; the one consumer only. */
    @Nullable
    Pending poll() {
        long place = taken.get();
        if (place == claimed.get()) {
            return null;
        }
        int slot = (int) place & mask;
        Pending pending;
        while ((pending = slots.get(slot)) == null) {
            Thread.onSpinWait(); // its producer stands between claiming the place and filling it
        }
        slots.set(slot, null);
        taken.set(place + 1);
        return pending;
    }
}
