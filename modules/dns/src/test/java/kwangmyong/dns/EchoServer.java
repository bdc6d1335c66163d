package kwangmyong.dns;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import kwangmyong.net.datagram.DatagramBatch;

/**
 * Sends every datagram back marked as a response (RFC 1035 §4.1.1), and knows nothing else: what {@code scripts/benchmark dns} measures the asking
 * by. Arguments: address and port.
 */
final class EchoServer {
    private static final int FLAGS_AT = 2;
    private static final int RESPONSE = 0x84; // and authoritative
    private static final int BUFFER = 1 << 20;

    private EchoServer() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress listen = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        try (DatagramBatch socket = DatagramBatch.open(listen, DatagramBatch.SLOT_OCTETS, BUFFER)) {
            ByteBuffer octets = socket.octets();
            while (!socket.isClosed()) {
                int count = socket.receive();
                for (int slot = 0; slot < count; slot++) {
                    int flags = socket.offset(slot) + FLAGS_AT;
                    octets.put(flags, (byte) (octets.get(flags) | RESPONSE));
                    socket.answer(slot, socket.length(slot));
                }
                socket.send();
            }
        }
    }
}
