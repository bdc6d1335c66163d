package kwangmyong.border.link;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What {@code ethtool} does, by its own call (linux/ethtool.h); for links of the network that the calling thread is in. */
final class Ethtool {
    private static final int DRIVER = 3;
    private static final int RX_CHECKSUM = 0x15;
    private static final int TX_CHECKSUM = 0x17;
    private static final int SCATTER_GATHER = 0x19;
    private static final int TCP_SEGMENTATION = 0x1f;
    private static final int GENERIC_SEGMENTATION = 0x24;
    private static final int GENERIC_RECEIVE = 0x2c;
    /** Segmentation before what it rests on. */
    private static final int[] OFFLOADS = {
        TCP_SEGMENTATION, GENERIC_SEGMENTATION, GENERIC_RECEIVE, SCATTER_GATHER, TX_CHECKSUM, RX_CHECKSUM
    };

    private static final int NAME_OCTETS = 16;
    private static final int REQUEST_OCTETS = 40; // struct ifreq
    private static final int VALUE_OCTETS = 256; // struct ethtool_drvinfo and more
    private static final int DRIVER_OCTETS = 32;

    private Ethtool() {}

    /** Has a link carry each packet as it was sent: whole checksums, and no segments glued together or cut apart. */
    static void offloadsOff(String link) throws IOException {
        for (int offload : OFFLOADS) {
            call(link, offload);
        }
    }

    static String driver(String link) throws IOException {
        byte[] name = call(link, DRIVER).getByteArray(REQUEST_OCTETS + Integer.BYTES, DRIVER_OCTETS);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.US_ASCII);
    }

    private static Memory call(String link, int command) throws IOException {
        byte[] name = link.getBytes(StandardCharsets.US_ASCII);
        if (name.length == 0 || name.length >= NAME_OCTETS) {
            throw new IOException("'" + link + "' is no name of a link");
        }
        Memory request = new Memory(REQUEST_OCTETS + VALUE_OCTETS);
        request.clear();
        request.write(0, name, 0, name.length);
        request.setLong(NAME_OCTETS, Calls.address(request) + REQUEST_OCTETS);
        request.setInt(REQUEST_OCTETS, command);
        int socket = Calls.check("socket", Calls.socket(Calls.AF_INET, Calls.SOCK_DGRAM | Calls.SOCK_CLOEXEC, 0));
        try {
            Calls.check(
                    "ethtool " + Integer.toHexString(command) + " of " + link,
                    Calls.ioctl(socket, Calls.SIOCETHTOOL, Calls.address(request)));
            return request;
        } finally {
            Calls.close(socket);
        }
    }
}
