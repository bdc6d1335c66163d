package kwangmyong.bench.trial;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;

/** Whether something listens, by the kernel's own tables (proc_pid_net(5)): nothing has to be sent to find out. */
final class SocketTable {
    /** TCP_LISTEN, and for UDP a socket without a peer: include/net/tcp_states.h. */
    private static final String TCP_LISTEN = "0A";

    private static final String UDP_UNCONNECTED = "07";
    private static final int WORD = 8;

    private SocketTable() {}

    /**
     * Whether a table has a listener at an address, or at its port on every address.
     *
     * @param lines of the tables in {@code /proc/PID/net}
     */
    static boolean listens(List<String> lines, boolean udp, InetSocketAddress wanted) {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .anyMatch(fields -> {
                    if (fields.length < 4 || !fields[3].equals(udp ? UDP_UNCONNECTED : TCP_LISTEN)) {
                        return false;
                    }
                    int colon = fields[1].indexOf(':');
                    if (colon < 0 || Integer.parseInt(fields[1].substring(colon + 1), 16) != wanted.getPort()) {
                        return false;
                    }
                    InetAddress local = address(fields[1].substring(0, colon));
                    return local.isAnyLocalAddress() || local.equals(wanted.getAddress());
                });
    }

    /** Words of four octets in the order of the machine, of which every one that this runs on is little-endian. */
    private static InetAddress address(String hex) {
        byte[] octets = new byte[hex.length() / 2];
        for (int word = 0; word < hex.length() / WORD; word++) {
            byte[] four = HexFormat.of().parseHex(hex, word * WORD, (word + 1) * WORD);
            for (int i = 0; i < four.length; i++) {
                octets[word * 4 + i] = four[four.length - 1 - i];
            }
        }
        try {
            return InetAddress.getByAddress(octets); // IPv4 in IPv6 becomes IPv4
        } catch (UnknownHostException oddLength) {
            throw new IllegalArgumentException("'" + hex + "' is no address", oddLength);
        }
    }
}
