package kwangmyong.net.datagram;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A UDP socket that takes what has come with one call (recvmmsg) and sends every answer with another (sendmmsg). A question lies in a slot of
 * {@link #octets}; its answer is written over it and goes to whoever sent it. Nothing is allocated on the way. Shares its port with others
 * that do too (SO_REUSEPORT), among which the machine spreads senders.
 *
 * <p>One thread receives and sends; {@link #close} may come from any.
 */
public final class DatagramBatch implements AutoCloseable {
    /** Datagrams taken by one call. With more, whoever asks waits idly for the first answers of a long batch. */
    public static final int SLOTS = 16;

    /** A batch as large as this says that more will come soon. */
    private static final int BUSY = SLOTS / 4;

    /** How often a busy socket is looked at before its thread sleeps: to be woken takes longer on a virtual machine. */
    private static final int LOOKS = 50;

    /** Octets that an answer may have. */
    public static final int SLOT_OCTETS = 4096;

    // Slots do not lie a power of two apart, which would have them share cache lines.
    private static final int SLOT_STRIDE = SLOT_OCTETS + 192;
    private static final int NAME_OCTETS = 32; // of struct sockaddr_in6, rounded up
    private static final int VECTOR_OCTETS = 16; // struct iovec
    private static final int MESSAGE_OCTETS = 64; // struct mmsghdr
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int LENGTH_AT = 56;
    private static final int NAMES = SLOTS * SLOT_STRIDE;
    private static final int IN_VECTORS = NAMES + SLOTS * NAME_OCTETS;
    private static final int OUT_VECTORS = IN_VECTORS + SLOTS * VECTOR_OCTETS;
    private static final int IN_MESSAGES = OUT_VECTORS + SLOTS * VECTOR_OCTETS;
    private static final int OUT_MESSAGES = IN_MESSAGES + SLOTS * MESSAGE_OCTETS;
    private static final int OPTION = OUT_MESSAGES + SLOTS * MESSAGE_OCTETS;
    private static final int ALL = OPTION + 64;

    private final Memory memory = new Memory(ALL);
    private final long base = com.sun.jna.Pointer.nativeValue(memory);
    private final ByteBuffer octets;
    private final int socket;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private int received;
    private int answers;

    private DatagramBatch(int family, int receiveOctets) throws IOException {
        memory.clear();
        octets = memory.getByteBuffer(0, ALL).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot = 0; slot < SLOTS; slot++) {
            int inVector = IN_VECTORS + slot * VECTOR_OCTETS;
            octets.putLong(inVector, base + (long) slot * SLOT_STRIDE);
            octets.putLong(inVector + Long.BYTES, receiveOctets);
            int in = IN_MESSAGES + slot * MESSAGE_OCTETS;
            octets.putLong(in, base + NAMES + (long) slot * NAME_OCTETS);
            octets.putInt(in + NAME_LENGTH_AT, NAME_OCTETS);
            octets.putLong(in + VECTOR_AT, base + inVector);
            octets.putLong(in + VECTOR_COUNT_AT, 1);
            int out = OUT_MESSAGES + slot * MESSAGE_OCTETS;
            octets.putLong(out + VECTOR_AT, base + OUT_VECTORS + (long) slot * VECTOR_OCTETS);
            octets.putLong(out + VECTOR_COUNT_AT, 1);
        }
        socket = check("socket", Calls.socket(family, Calls.SOCK_DGRAM | Calls.SOCK_CLOEXEC, 0));
    }

    /** Whether this machine has the calls. */
    public static boolean isAvailable() {
        return Calls.AVAILABLE;
    }

    /**
     * Opens a socket.
     *
     * @param receiveOctets of a datagram that are taken; what is longer is cut. At most {@value #SLOT_OCTETS}
     * @param buffer octets that wait in the machine, each way
     */
    public static DatagramBatch open(InetSocketAddress local, int receiveOctets, int buffer) throws IOException {
        boolean ipv6 = local.getAddress() instanceof Inet6Address;
        DatagramBatch batch = new DatagramBatch(ipv6 ? Calls.AF_INET6 : Calls.AF_INET, receiveOctets);
        try {
            batch.set(Calls.SOL_SOCKET, Calls.SO_REUSEPORT, 1);
            batch.set(Calls.SOL_SOCKET, Calls.SO_RCVBUF, buffer);
            batch.set(Calls.SOL_SOCKET, Calls.SO_SNDBUF, buffer);
            if (ipv6) {
                batch.set(Calls.IPPROTO_IPV6, Calls.IPV6_V6ONLY, 1);
            }
            batch.bind(local);
            return batch;
        } catch (IOException failed) {
            batch.close();
            batch.release();
            throw failed;
        }
    }

    private void set(int level, int option, int value) throws IOException {
        octets.putInt(OPTION, value);
        check("setsockopt", Calls.setsockopt(socket, level, option, base + OPTION, Integer.BYTES));
    }

    private void bind(InetSocketAddress local) throws IOException {
        byte[] address = local.getAddress().getAddress();
        boolean ipv6 = address.length == 16;
        octets.putShort(OPTION, (short) (ipv6 ? Calls.AF_INET6 : Calls.AF_INET));
        octets.putShort(OPTION + 2, Short.reverseBytes((short) local.getPort()));
        octets.putInt(OPTION + 4, 0);
        octets.put(OPTION + (ipv6 ? 8 : 4), address);
        octets.putInt(OPTION + 24, local.getAddress() instanceof Inet6Address scoped ? scoped.getScopeId() : 0);
        check("bind", Calls.bind(socket, base + OPTION, ipv6 ? 28 : 16));
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with error " + Native.getLastError());
        }
        return result;
    }

    /**
     * How long {@link #receive} waits at most.
     *
     * @param millis 0 for as long as it takes
     */
    public void wait(int millis) throws IOException {
        octets.putLong(OPTION, millis / 1000);
        octets.putLong(OPTION + Long.BYTES, millis % 1000 * 1000L);
        check(
                "setsockopt",
                Calls.setsockopt(socket, Calls.SOL_SOCKET, Calls.SO_RCVTIMEO, base + OPTION, 2 * Long.BYTES));
    }

    /**
     * Waits for datagrams and takes those that are there; how many, 0 when none came in time or something cut the wait short.
     *
     * @throws IOException when nothing can be received any more
     */
    public int receive() throws IOException {
        // The machine writes how long each sender's address is over how long it may be.
        for (int slot = 0; slot < received; slot++) {
            octets.putInt(IN_MESSAGES + slot * MESSAGE_OCTETS + NAME_LENGTH_AT, NAME_OCTETS);
        }
        answers = 0;
        boolean busy = received >= BUSY;
        received = 0;
        for (int i = 0; busy && received == 0 && i < LOOKS; i++) {
            received = take(Calls.MSG_DONTWAIT);
        }
        if (received == 0) {
            received = take(Calls.MSG_WAITFORONE);
        }
        return received;
    }

    private int take(int flags) throws IOException {
        int count = Calls.recvmmsg(socket, base + IN_MESSAGES, SLOTS, flags, 0);
        if (count < 0 && !Calls.passes(Native.getLastError())) {
            throw new IOException("recvmmsg failed with error " + Native.getLastError());
        }
        return Math.max(0, count);
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** Every slot's octets, in little-endian order. */
    public ByteBuffer octets() {
        return octets;
    }

    /** Where in {@link #octets} a slot begins; {@value #SLOT_OCTETS} octets of it may be written. */
    public int offset(int slot) {
        return slot * SLOT_STRIDE;
    }

    /** Octets of the datagram received in a slot. */
    public int length(int slot) {
        return octets.getInt(IN_MESSAGES + slot * MESSAGE_OCTETS + LENGTH_AT);
    }

    public boolean isIpv6(int slot) {
        return octets.getShort(NAMES + slot * NAME_OCTETS) == Calls.AF_INET6;
    }

    /** The sender's port. */
    public int port(int slot) {
        return Short.reverseBytes(octets.getShort(NAMES + slot * NAME_OCTETS + 2)) & 0xffff;
    }

    /** The first half of the sender's IPv6 address as a number; for IPv4 that whole address. For telling senders apart. */
    public long addressHigh(int slot) {
        int name = NAMES + slot * NAME_OCTETS;
        return isIpv6(slot) ? octets.getLong(name + 8) : octets.getInt(name + 4) & 0xffff_ffffL;
    }

    /** The second half; 0 for IPv4. */
    public long addressLow(int slot) {
        return isIpv6(slot) ? octets.getLong(NAMES + slot * NAME_OCTETS + 16) : 0;
    }

    /** The sender's address as an object. */
    public InetAddress address(int slot) {
        int name = NAMES + slot * NAME_OCTETS;
        byte[] address = new byte[isIpv6(slot) ? 16 : 4];
        octets.get(name + (address.length == 16 ? 8 : 4), address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible); // thrown for other lengths alone
        }
    }

    /** Has the first {@code length} octets of a slot sent to where its datagram came from, by the next {@link #send}. */
    public void answer(int slot, int length) {
        int vector = OUT_VECTORS + answers * VECTOR_OCTETS;
        octets.putLong(vector, base + (long) slot * SLOT_STRIDE);
        octets.putLong(vector + Long.BYTES, length);
        int out = OUT_MESSAGES + answers * MESSAGE_OCTETS;
        int in = IN_MESSAGES + slot * MESSAGE_OCTETS;
        octets.putLong(out, octets.getLong(in));
        octets.putInt(out + NAME_LENGTH_AT, octets.getInt(in + NAME_LENGTH_AT));
        answers++;
    }

    /** Sends the answers; one that the machine refuses, such as to a port that nobody may send to, is left out. How many were left out. */
    public int send() {
        int next = 0;
        int refused = 0;
        while (next < answers && !closed.get()) {
            int sent = Calls.sendmmsg(socket, base + OUT_MESSAGES + (long) next * MESSAGE_OCTETS, answers - next, 0);
            if (sent > 0) {
                next += sent;
            } else if (Native.getLastError() != Calls.EINTR) {
                next++;
                refused++;
            }
        }
        answers = 0;
        return refused;
    }

    /** Wakes the thread that receives, which then finds {@link #isClosed} and calls {@link #release}. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Calls.shutdown(socket, Calls.SHUT_RDWR);
        }
    }

    /** Gives the socket and the memory back; only when no other call is under way or to come. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            Calls.close(socket);
            memory.close();
        }
    }
}
