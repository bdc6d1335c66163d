package kwangmyong.border.link;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet socket on one link (packet(7)): what comes in lies in a ring that the machine writes and this process reads without a call
 * (TPACKET_V2, whose frames are there at once; those of V3 wait for a block), what goes out does so in batches (sendmmsg). Frames go out by the
 * side that they came in on never again. Of one thread.
 */
public final class PacketRing implements AutoCloseable {
    /** Frames that leave by one call. */
    public static final int BATCH = 64;

    private static final int FRAME = 2_048;
    private static final int FRAMES = 4_096;
    private static final int BLOCK = 1 << 18;
    private static final long RING = (long) FRAME * FRAMES;

    private static final int STATUS = 0; // struct tpacket2_hdr
    private static final int LENGTH = 4;
    private static final int CAPTURED = 8;
    private static final int MAC = 12;
    private static final int IS_OURS = 1;
    private static final int IS_TAGGED = 0x10;

    private static final int MESSAGE = 64; // struct mmsghdr
    private static final int VECTOR = 16; // struct iovec
    private static final int VECTORS = BATCH * MESSAGE;
    private static final int OPTION = VECTORS + BATCH * VECTOR;
    private static final int OPTION_OCTETS = 64;

    private static final VarHandle STATUSES =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final int socket;
    private final long ring;
    private final ByteBuffer octets;
    private final ByteBuffer heads;
    private final Memory out = new Memory(OPTION + OPTION_OCTETS);
    private final long outAddress = Calls.address(out);
    private final ByteBuffer messages;

    private int next;
    private int unreleased;
    private int batched;
    private long untaken;

    private PacketRing(int socket, String link) throws IOException {
        this.socket = socket;
        out.clear();
        messages = out.getByteBuffer(0, out.size()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < BATCH; i++) {
            messages.putLong(i * MESSAGE + 16, outAddress + VECTORS + (long) i * VECTOR);
            messages.putLong(i * MESSAGE + 24, 1);
        }
        int index = Calls.if_nametoindex(link);
        if (index <= 0) {
            throw new IOException("there is no link " + link);
        }
        set(Calls.PACKET_VERSION, Calls.TPACKET_V2);
        set(Calls.PACKET_IGNORE_OUTGOING, 1);
        set(Calls.PACKET_QDISC_BYPASS, 1);
        messages.putInt(OPTION, BLOCK)
                .putInt(OPTION + 4, (int) (RING / BLOCK))
                .putInt(OPTION + 8, FRAME)
                .putInt(OPTION + 12, FRAMES);
        Calls.check(
                "a ring for packets",
                Calls.setsockopt(socket, Calls.SOL_PACKET, Calls.PACKET_RX_RING, outAddress + OPTION, 16));
        ring = Calls.mmap(0, RING, Calls.PROT_READ_WRITE, Calls.MAP_SHARED, socket, 0);
        if (ring == -1) {
            throw new IOException("the ring for packets cannot be mapped");
        }
        octets = new Pointer(ring).getByteBuffer(0, RING).order(ByteOrder.BIG_ENDIAN);
        heads = octets.duplicate().order(ByteOrder.nativeOrder());
        messages.putShort(OPTION, (short) Calls.AF_PACKET)
                .putShort(OPTION + 2, Short.reverseBytes((short) Calls.ETH_P_ALL))
                .putInt(OPTION + 4, index)
                .putLong(OPTION + 8, 0)
                .putInt(OPTION + 16, 0);
        Calls.check("bind to " + link, Calls.bind(socket, outAddress + OPTION, 20));
    }

    private void set(int option, int value) throws IOException {
        messages.putInt(OPTION, value);
        Calls.check(
                "packet option " + option,
                Calls.setsockopt(socket, Calls.SOL_PACKET, option, outAddress + OPTION, Integer.BYTES));
    }

    /** Opens one on a link of the network that the calling thread is in; other threads may use it then. */
    static PacketRing open(String link) throws IOException {
        int socket = Calls.check(
                "a packet socket",
                Calls.socket(Calls.AF_PACKET, Calls.SOCK_RAW | Calls.SOCK_CLOEXEC | Calls.SOCK_NONBLOCK, 0));
        try {
            return new PacketRing(socket, link);
        } catch (IOException failed) {
            Calls.close(socket);
            throw failed;
        }
    }

    int socket() {
        return socket;
    }

    /** Where frames that have come are. */
    public ByteBuffer octets() {
        return octets;
    }

    /** Where {@link #octets} begin, for {@link #send}. */
    public long address() {
        return ring;
    }

    /** Goes to the next frame that has come; false when none has. The frame stays until {@link #release}. */
    public boolean next() {
        int frame = (next + unreleased & FRAMES - 1) * FRAME;
        if (unreleased == FRAMES || ((int) STATUSES.getAcquire(heads, frame + STATUS) & IS_OURS) == 0) {
            return false;
        }
        unreleased++;
        return true;
    }

    private int current() {
        return (next + unreleased - 1 & FRAMES - 1) * FRAME;
    }

    /** Where the frame that {@link #next} went to is in {@link #octets}. */
    public int at() {
        int frame = current();
        return frame + (heads.getShort(frame + MAC) & 0xffff);
    }

    public int length() {
        return heads.getInt(current() + CAPTURED);
    }

    /** Whether that frame is whole, and has no VLAN's tag, which the machine would have taken out of it. */
    public boolean isWhole() {
        int frame = current();
        return heads.getInt(frame + LENGTH) == heads.getInt(frame + CAPTURED)
                && (heads.getInt(frame + STATUS) & IS_TAGGED) == 0;
    }

    /** Gives the frames back that were gone to. */
    public void release() {
        for (; unreleased > 0; unreleased--) {
            STATUSES.setRelease(heads, next * FRAME + STATUS, 0);
            next = next + 1 & FRAMES - 1;
        }
    }

    /** Has a frame leave, at the latest by {@link #flush}, until which it must stay where it is. */
    public void send(long address, int length) {
        int vector = VECTORS + batched * VECTOR;
        messages.putLong(vector, address);
        messages.putLong(vector + Long.BYTES, length);
        if (++batched == BATCH) {
            flush();
        }
    }

    public void flush() {
        int sent = 0;
        while (sent < batched) {
            int result = Calls.sendmmsg(socket, outAddress + (long) sent * MESSAGE, batched - sent, 0);
            if (result <= 0) {
                untaken++; // as a link does whose queue is full
            }
            sent += Math.max(result, 1);
        }
        batched = 0;
    }

    /** Frames that the link would not take, since this was last asked. */
    public long untaken() {
        long since = untaken;
        untaken = 0;
        return since;
    }

    /** Frames that came while the ring was full, since this was last asked. */
    public long missed() {
        messages.putLong(OPTION, 0).putInt(OPTION + 16, 8);
        int result = Calls.getsockopt(
                socket, Calls.SOL_PACKET, Calls.PACKET_STATISTICS, outAddress + OPTION, outAddress + OPTION + 16);
        return result < 0 ? 0 : messages.getInt(OPTION + 4) & 0xffff_ffffL;
    }

    @Override
    public void close() {
        Calls.munmap(ring, RING);
        Calls.close(socket);
    }
}
