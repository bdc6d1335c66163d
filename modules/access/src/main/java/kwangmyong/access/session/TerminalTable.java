package kwangmyong.access.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by terminal. Every request looks here for who asks, while thousands of log-ins and log-outs a second may change it: so addresses of IPv4 stand in one
 * array and sessions in another, and a look-up goes to no object but the session itself. One thread at a time changes it; any may read, without a
 * lock.
 */
final class TerminalTable {
    private static final VarHandle ADDRESSES = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int GOLDEN = 0x9E3779B9;
    private static final int SMALLEST_BITS = 6;
    private static final int NONE = 0;

    private volatile Slots slots = new Slots(SMALLEST_BITS);
    /** Of IPv6, and of the IPv4 address that stands for no address. */
    private final Map<InetAddress, Session> others = new ConcurrentHashMap<>();

    private final AtomicInteger size = new AtomicInteger();

    /**
     * Of open addressing. A slot that once had an address keeps it, without a session, until all are laid out anew: whoever reads never meets
     * one address' session under another.
     */
    private static final class Slots {
        private final int shift;
        private final int[] addresses;
        private final AtomicReferenceArray<@Nullable Session> sessions;
        private int taken;

        Slots(int bits) {
            shift = Integer.SIZE - bits;
            addresses = new int[1 << bits];
            sessions = new AtomicReferenceArray<>(1 << bits);
        }

        /** Where an address is, or would be. */
        int slot(int address) {
            int slot = (address * GOLDEN) >>> shift;
            while (true) {
                int there = (int) ADDRESSES.getAcquire(addresses, slot);
                if (there == address || there == NONE) {
                    return slot;
                }
                slot = (slot + 1) & (addresses.length - 1);
            }
        }

        /** Null where the address has no slot: who is put there next may be another. */
        @Nullable
        Session get(int address) {
            int slot = slot(address);
            return (int) ADDRESSES.getAcquire(addresses, slot) == address ? sessions.getAcquire(slot) : null;
        }

        void put(int address, @Nullable Session session) {
            int slot = slot(address);
            boolean isNew = addresses[slot] == NONE;
            sessions.setRelease(slot, session);
            if (isNew) {
                ADDRESSES.setRelease(addresses, slot, address); // after the session, so that both are seen
                taken++;
            }
        }

        boolean isFull() {
            return 2 * taken >= addresses.length;
        }
    }

    private static int number(InetAddress terminal) {
        if (!(terminal instanceof Inet4Address)) {
            return NONE;
        }
        byte[] octets = terminal.getAddress();
        return octets[0] << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    }

    @Nullable
    Session get(InetAddress terminal) {
        int address = number(terminal);
        return address == NONE ? others.get(terminal) : slots.get(address);
    }

    /** Gives a terminal a session in place of what it has, which is the answer. */
    @Nullable
    Session put(InetAddress terminal, Session session) {
        int address = number(terminal);
        Session before = address == NONE ? others.put(terminal, session) : slots.get(address);
        if (address != NONE) {
            if (slots.isFull()) {
                slots = laidOut(slots);
            }
            slots.put(address, session);
        }
        if (before == null) {
            size.incrementAndGet();
        }
        return before;
    }

    /** Takes a session away, if it is still there; tells whether it was. */
    boolean remove(InetAddress terminal, Session session) {
        int address = number(terminal);
        if (!session.equals(get(terminal))) {
            return false;
        }
        if (address == NONE) {
            others.remove(terminal);
        } else {
            slots.put(address, null);
        }
        size.decrementAndGet();
        return true;
    }

    /** Those that have a session, in as many slots as leave three of four empty. */
    private static Slots laidOut(Slots full) {
        int there = 0;
        for (int i = 0; i < full.addresses.length; i++) {
            there += full.sessions.get(i) == null ? 0 : 1;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1 << (SMALLEST_BITS - 2), there + 1)) + 2;
        var fresh = new Slots(bits);
        for (int i = 0; i < full.addresses.length; i++) {
            Session session = full.sessions.get(i);
            if (session != null) {
                fresh.put(full.addresses[i], session);
            }
        }
        return fresh;
    }

    int size() {
        return size.get();
    }

    List<Session> all() {
        List<Session> all = new ArrayList<>(others.values());
        Slots now = slots;
        for (int i = 0; i < now.addresses.length; i++) {
            Session session = now.sessions.getAcquire(i);
            if (session != null) {
                all.add(session);
            }
        }
        return all;
    }
}
