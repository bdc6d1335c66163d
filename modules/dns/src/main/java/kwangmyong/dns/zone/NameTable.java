package kwangmyong.dns.zone;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values by canonical name: open addressing over flat arrays. Filled by one thread, then read by any. */
final class NameTable<T> {
    private static final int FIRST_CAPACITY = 16;

    private int[] hashes = new int[FIRST_CAPACITY];
    private byte[][] keys = new byte[FIRST_CAPACITY][];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** The value of the suffix of {@code name} that begins at {@code label}. */
    @Nullable
    T get(CanonicalName name, int label) {
        int hash = name.hash(label);
        int from = name.offset(label);
        int length = name.length() - from;
        int mask = keys.length - 1;
        for (int slot = spread(hash) & mask; keys[slot] != null; slot = (slot + 1) & mask) {
            if (hashes[slot] == hash
                    && keys[slot].length == length
                    && Arrays.equals(keys[slot], 0, length, name.octets(), from, from + length)) {
                return value(slot);
            }
        }
        return null;
    }

    /** Puts a value under a name that is not in the table yet. */
    void put(CanonicalName name, byte[] key, T value) {
        if (++size * 2 > keys.length) {
            grow();
        }
        place(name.hash(0), key, value);
    }

    int size() {
        return size;
    }

    private void grow() {
        int[] oldHashes = hashes;
        byte[][] oldKeys = keys;
        Object[] oldValues = values;
        hashes = new int[oldKeys.length * 2];
        keys = new byte[oldKeys.length * 2][];
        values = new Object[oldKeys.length * 2];
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != null) {
                place(oldHashes[slot], oldKeys[slot], oldValues[slot]);
            }
        }
    }

    private void place(int hash, byte[] key, Object value) {
        int mask = keys.length - 1;
        int slot = spread(hash) & mask;
        while (keys[slot] != null) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
    }

    @SuppressWarnings("unchecked") // only put writes values
    private T value(int slot) {
        return (T) values[slot];
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b1;
        return mixed ^ (mixed >>> 15);
    }
}
