package kwangmyong.dns.zone;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, whatever its case: open addressing over flat arrays. The names stay with the values. Filled by one thread, then read by any.
 */
final class NameTable<T> {
    private static final int FIRST_CAPACITY = 16;

    private final Function<T, byte[]> nameOf;
    /** 0 where a slot is free: a name that is not there costs one place in memory. */
    private int[] hashes = new int[FIRST_CAPACITY];

    private @Nullable Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** @param nameOf the name of a value, as on the wire */
    NameTable(Function<T, byte[]> nameOf) {
        this.nameOf = nameOf;
    }

    /** The value of the suffix of {@code name} that begins at {@code label}. */
    @Nullable
    T get(CanonicalName name, int label) {
        int hash = spread(name.hash(label));
        int mask = hashes.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int there = hashes[slot];
            if (there == 0) {
                return null;
            }
            if (there == hash) {
                T value = value(slot);
                if (name.isFrom(label, nameOf.apply(value))) {
                    return value;
                }
            }
        }
    }

    /** Puts a value under its name, which is the one that {@code name} holds and not in the table yet. */
    void put(CanonicalName name, T value) {
        if (++size * 4L > values.length * 3L) {
            grow();
        }
        place(spread(name.hash(0)), value);
    }

    int size() {
        return size;
    }

    private void grow() {
        int[] oldHashes = hashes;
        @Nullable Object[] oldValues = values;
        hashes = new int[oldValues.length * 2];
        values = new Object[oldValues.length * 2];
        for (int slot = 0; slot < oldValues.length; slot++) {
            Object value = oldValues[slot];
            if (value != null) {
                place(oldHashes[slot], value);
            }
        }
    }

    private void place(int hash, Object value) {
        int mask = hashes.length - 1;
        int slot = hash & mask;
        while (hashes[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        values[slot] = value;
    }

    @SuppressWarnings("unchecked") // only put writes values
    private T value(int slot) {
        return (T) Objects.requireNonNull(values[slot]);
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b1;
        int spread = mixed ^ (mixed >>> 15);
        return spread == 0 ? 1 : spread;
    }
}
