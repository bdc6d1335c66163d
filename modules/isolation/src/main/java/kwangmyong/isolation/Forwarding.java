package kwangmyong.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kwangmyong.kernel.service.Service.StartException;

/** Whether the lab routes packets at all. Machines that route hand the setting on to new namespaces, so it is set either way. */
final class Forwarding {
    private Forwarding() {}

    /** Routes what comes in on these links, and nothing else; IPv6 knows but one setting for all links, and leaves the rest to the firewall. */
    static void between(Set<String> links) throws StartException {
        Path settings = Path.of("/proc/sys/net");
        try {
            put(settings.resolve("ipv4/conf/all/forwarding"), false); // and so for each link
            put(settings.resolve("ipv6/conf/all/forwarding"), !links.isEmpty());
            try (DirectoryStream<Path> each = Files.newDirectoryStream(settings.resolve("ipv4/conf"))) {
                for (Path link : each) {
                    if (links.contains(String.valueOf(link.getFileName()))) {
                        put(link.resolve("forwarding"), true);
                    }
                }
            }
        } catch (IOException refused) {
            throw new StartException("routing cannot be set: " + refused.getMessage(), refused);
        }
    }

    private static void put(Path setting, boolean on) throws IOException {
        if (Files.exists(setting)) {
            Files.writeString(setting, on ? "1\n" : "0\n");
        }
    }
}
