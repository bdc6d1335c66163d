package kwangmyong.dns;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who has asked lately, by address, found without making an object. When full it forgets everybody. One thread's. */
final class Clients {
    private static final int SLOTS = 1 << 13;
    private static final int MOST = SLOTS / 2;

    private final @Nullable Client[] table = new Client[SLOTS];
    private int size;

    /** An address that asks, and how many more of its queries have a line each in the journal for now. */
    static final class Client {
        private final long high;
        private final long low;
        final InetAddress peer;
        /** Distinct among those remembered. */
        final int view;

        private long shareUntil;
        /** Negative before the first while begins. */
        private int share = -1;

        Client(long high, long low, InetAddress peer, int view) {
            this.high = high;
            this.low = low;
            this.peer = peer;
            this.view = view;
        }

        /** Takes one line of the share of this while; false when there is none left. */
        boolean takesLine(long nanos, int lines, long whileNanos) {
            if (share < 0 || nanos - shareUntil >= 0) {
                shareUntil = nanos + whileNanos;
                share = lines;
            }
            if (share == 0) {
                return false;
            }
            share--;
            return true;
        }
    }

    boolean areFull() {
        return size >= MOST;
    }

    void clear() {
        Arrays.fill(table, null);
        size = 0;
    }

    /** The client of an address given as two numbers; {@code address} is called for one that is new. */
    Client of(long high, long low, Supplier<InetAddress> address) {
        long mixed = (high ^ Long.rotateLeft(low, 29)) * 0x9e37_79b9_7f4a_7c15L;
        int slot = (int) (mixed >>> 40) & (SLOTS - 1);
        Client client;
        while ((client = table[slot]) != null) {
            if (client.high == high && client.low == low) {
                return client;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        client = new Client(high, low, address.get(), size++);
        table[slot] = client;
        return client;
    }
}
