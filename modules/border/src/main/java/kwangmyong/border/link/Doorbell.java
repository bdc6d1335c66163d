package kwangmyong.border.link;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits for frames on two links, for a time, or until another thread rings (ppoll(2), eventfd(2)). */
public final class Doorbell implements AutoCloseable {
    private static final int WATCHED = 3;
    private static final int FILE = 8; // struct pollfd
    private static final int TIMEOUT = WATCHED * FILE;
    private static final int DRAIN = TIMEOUT + 16;
    private static final int ONE = DRAIN + 8;
    private static final int LENGTH = ONE + 8;
    private static final long SECOND = 1_000_000_000L;

    private final Memory memory = new Memory(LENGTH + 4);
    private final long address = Calls.address(memory);
    private final ByteBuffer octets;
    private final int bell;
    private boolean closed;

    /** One for two links. */
    public Doorbell(PacketRing one, PacketRing other) throws IOException {
        memory.clear();
        octets = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
        bell = Calls.check("eventfd", Calls.eventfd(0, Calls.EFD_NONBLOCK | Calls.EFD_CLOEXEC));
        int[] files = {one.socket(), other.socket(), bell};
        for (int i = 0; i < WATCHED; i++) {
            octets.putInt(i * FILE, files[i]).putShort(i * FILE + 4, (short) Calls.POLLIN);
        }
        octets.putLong(ONE, 1);
    }

    /** Has the waiting thread go on; from any thread. Does nothing once closed. */
    public synchronized void ring() {
        if (!closed) { // else the number may be another file's by now
            Calls.write(bell, address + ONE, Long.BYTES);
        }
    }

    /** Waits for at most so many nanoseconds; on one thread. */
    public void await(long nanos) {
        octets.putLong(TIMEOUT, nanos / SECOND).putLong(TIMEOUT + 8, nanos % SECOND);
        Calls.ppoll(address, WATCHED, address + TIMEOUT, 0);
        for (int i = 0; i < WATCHED; i++) {
            if ((octets.getShort(i * FILE + 6) & Calls.POLLERR) != 0) {
                forgive(octets.getInt(i * FILE));
            }
        }
        if (octets.getShort(2 * FILE + 6) != 0) {
            Calls.read(bell, address + DRAIN, Long.BYTES);
        }
    }

    /** Takes an error from a socket, as of a link that is gone: as long as it is there, nothing waits. */
    private void forgive(int socket) {
        octets.putInt(LENGTH, Integer.BYTES);
        Calls.getsockopt(socket, Calls.SOL_SOCKET, Calls.SO_ERROR, address + DRAIN, address + LENGTH);
    }

    @Override
    public synchronized void close() {
        closed = true;
        Calls.close(bell);
    }
}
