package kwangmyong.border.link;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kwangmyong.border.capture.Pcapng;

/**
 * A capture that must stay empty: of every link of a network but those that the lab made, whenever it came to be there. The machine passes over
 * what is on the known ones (packet(7), a classic filter), so that it costs next to nothing until there is something to see. For any thread.
 */
public final class EmptyCapture implements AutoCloseable {
    private static final int LARGEST = 2_048;
    /** Of what must not be there at all, a few frames say enough; the rest is counted. */
    private static final int MOST_KEPT = 64;

    private static final int HEAD = 512; // of the file

    private static final int LINK_OF_PACKET = -0x1000 + 8; // SKF_AD_OFF + SKF_AD_IFINDEX, linux/filter.h
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int INSTRUCTION = 8; // struct sock_filter
    private static final int ADDRESS = 20; // struct sockaddr_ll

    private final int socket;
    private final Memory memory = new Memory(LARGEST);
    private final ByteBuffer frame = memory.getByteBuffer(0, LARGEST);
    private final List<byte[]> kept = new ArrayList<>();
    private long packets;
    private boolean closed;

    private EmptyCapture(int socket) {
        this.socket = socket;
    }

    /**
     * Begins one.
     *
     * @param known links whose packets are none of its business
     * @throws IOException when the network is none of the lab's, or a known link is not there
     */
    public static EmptyCapture open(LabNamespace network, Set<String> known) throws IOException {
        return network.within(() -> {
            int socket = Calls.check(
                    "a packet socket",
                    Calls.socket(Calls.AF_PACKET, Calls.SOCK_RAW | Calls.SOCK_CLOEXEC | Calls.SOCK_NONBLOCK, 0));
            try {
                passOver(socket, known);
                bind(socket);
                return new EmptyCapture(socket);
            } catch (IOException failed) {
                Calls.close(socket);
                throw failed;
            }
        });
    }

    /** Before it is bound to anything, so that it never sees what it should not. */
    private static void passOver(int socket, Set<String> known) throws IOException {
        int count = 2 + 2 * known.size();
        Memory program = new Memory((long) count * INSTRUCTION + 16);
        program.clear();
        ByteBuffer to = program.getByteBuffer(0, program.size()).order(ByteOrder.nativeOrder());
        instruction(to, LOAD_WORD, 0, LINK_OF_PACKET);
        for (String link : known) {
            int index = Calls.if_nametoindex(link);
            if (index <= 0) {
                throw new IOException("there is no link " + link);
            }
            instruction(to, JUMP_IF_EQUAL, 1, index);
            instruction(to, RETURN, 0, 0);
        }
        instruction(to, RETURN, 0, LARGEST);
        int header = to.position(); // struct sock_fprog
        to.putShort(header, (short) count).putLong(header + 8, Calls.address(program));
        Calls.check(
                "a filter for packets",
                Calls.setsockopt(
                        socket, Calls.SOL_SOCKET, Calls.SO_ATTACH_FILTER, Calls.address(program) + header, 16));
    }

    /** @param otherwise how many instructions to leave out where a comparison does not hold */
    private static void instruction(ByteBuffer to, int code, int otherwise, int value) {
        to.putShort((short) code).put((byte) 0).put((byte) otherwise).putInt(value);
    }

    private static void bind(int socket) throws IOException {
        Memory memory = new Memory(ADDRESS);
        memory.clear();
        memory.getByteBuffer(0, ADDRESS)
                .order(ByteOrder.nativeOrder())
                .putShort((short) Calls.AF_PACKET)
                .putShort(Short.reverseBytes((short) Calls.ETH_P_ALL));
        Calls.check("bind to every link", Calls.bind(socket, Calls.address(memory), ADDRESS));
    }

    /** How many packets were seen, all told; none, as it should be. Those that there was no room to keep are counted too. */
    public synchronized long packets() throws IOException {
        if (closed) {
            return packets;
        }
        for (int length = next(); length > 0; length = next()) {
            if (kept.size() < MOST_KEPT) {
                byte[] octets = new byte[Math.min(length, LARGEST)];
                frame.get(0, octets);
                kept.add(octets);
            }
        }
        try (Memory counts = new Memory(16)) {
            counts.setInt(8, 8);
            Calls.check(
                    "counts of packets",
                    Calls.getsockopt(
                            socket,
                            Calls.SOL_PACKET,
                            Calls.PACKET_STATISTICS,
                            Calls.address(counts),
                            Calls.address(counts) + 8));
            packets += Integer.toUnsignedLong(counts.getInt(0)); // struct tpacket_stats: since it was last asked
        }
        return packets;
    }

    private int next() {
        return (int) Calls.read(socket, Calls.address(memory), LARGEST);
    }

    /**
     * Writes what was kept, for whoever wants to know what it was.
     *
     * @param file of pcapng, written anew
     */
    public synchronized void write(Path file) throws IOException {
        ByteBuffer to = ByteBuffer.allocate(MOST_KEPT * (LARGEST + Pcapng.OVERHEAD) + HEAD)
                .order(ByteOrder.LITTLE_ENDIAN);
        Pcapng.begin(to, "Kwangmyong Lab", "none of the lab's");
        for (byte[] octets : kept) {
            Pcapng.packet(to, 0, false, 0, ByteBuffer.wrap(octets), 0, octets.length, new byte[0]);
        }
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            to.flip();
            while (to.hasRemaining()) {
                out.write(to);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Calls.close(socket);
        }
    }
}
