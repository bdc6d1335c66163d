package kwangmyong.border.shape;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Packets that are held up, in memory that is taken once: a heap by the time at which each goes on, then by the order of coming. Of one thread.
 */
public final class Waiting {
    /** Octets of the largest frame that it holds. */
    public static final int LARGEST = 1_600;

    private static final int STRIDE = 1_664;

    private final ByteBuffer octets;
    private final int[] lengths;
    private final int[] ways;
    private final @Nullable Object[] owners;
    private final long[] rolls;
    private final int[] free;
    private int freeCount;

    private final long[] dues;
    private final long[] orders;
    private final int[] slots;
    private int size;
    private long order;

    /** @param memory octets, at least those of one packet */
    public Waiting(int memory) {
        int count = Math.max(1, memory / STRIDE);
        octets = ByteBuffer.allocateDirect(count * STRIDE);
        lengths = new int[count];
        ways = new int[count];
        owners = new Object[count];
        rolls = new long[count];
        free = new int[count];
        dues = new long[count];
        orders = new long[count];
        slots = new int[count];
        clear();
    }

    /** Where the packets are. */
    public ByteBuffer octets() {
        return octets;
    }

    public int size() {
        return size;
    }

    /** Forgets every packet, also those {@linkplain #take taken} and not given back. */
    public void clear() {
        size = 0;
        freeCount = free.length;
        for (int i = 0; i < free.length; i++) {
            free[i] = free.length - 1 - i;
            owners[i] = null;
        }
    }

    /**
     * Copies a packet.
     *
     * @param way where it goes
     * @param owner what belongs to it
     * @param roll its chance
     * @return false when there is no room, or it is larger than {@value #LARGEST}
     */
    public boolean add(long due, ByteBuffer from, int at, int length, int way, Object owner, long roll) {
        if (freeCount == 0 || length > LARGEST) {
            return false;
        }
        int slot = free[--freeCount];
        octets.put(slot * STRIDE, from, at, length);
        lengths[slot] = length;
        ways[slot] = way;
        owners[slot] = owner;
        rolls[slot] = roll;
        rise(size++, due, order++, slot);
        return true;
    }

    /** Has a packet wait again that was {@linkplain #take taken}. */
    public void again(int slot, long due, int way) {
        ways[slot] = way;
        rise(size++, due, order++, slot);
    }

    /** When the first goes on; {@link Long#MAX_VALUE} when there is none. */
    public long nextDue() {
        return size == 0 ? Long.MAX_VALUE : dues[0];
    }

    /** Takes the first out. Its octets stay until {@link #giveBack}. Only when there is one. */
    public int take() {
        int slot = slots[0];
        size--;
        if (size > 0) {
            sink(dues[size], orders[size], slots[size]);
        }
        return slot;
    }

    public int at(int slot) {
        return slot * STRIDE;
    }

    public int length(int slot) {
        return lengths[slot];
    }

    public int way(int slot) {
        return ways[slot];
    }

    public @Nullable Object owner(int slot) {
        return owners[slot];
    }

    public long roll(int slot) {
        return rolls[slot];
    }

    public void giveBack(int slot) {
        owners[slot] = null;
        free[freeCount++] = slot;
    }

    private void rise(int from, long due, long number, int slot) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(due, number, dues[parent], orders[parent])) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, due, number, slot);
    }

    private void sink(long due, long number, int slot) {
        int i = 0;
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && before(dues[child + 1], orders[child + 1], dues[child], orders[child])) {
                child++;
            }
            if (before(due, number, dues[child], orders[child])) {
                break;
            }
            move(child, i);
            i = child;
        }
        put(i, due, number, slot);
    }

    private static boolean before(long due, long number, long otherDue, long otherNumber) {
        return due < otherDue || (due == otherDue && number < otherNumber);
    }

    private void move(int from, int to) {
        put(to, dues[from], orders[from], slots[from]);
    }

    private void put(int i, long due, long number, int slot) {
        dues[i] = due;
        orders[i] = number;
        slots[i] = slot;
    }
}
