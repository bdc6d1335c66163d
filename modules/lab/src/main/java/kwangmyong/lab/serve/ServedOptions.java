package kwangmyong.lab.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.RunFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every {@code kwm serve PART} is told. */
final class ServedOptions {
    private static final int HIGHEST_PORT = 65_535;

    @Mixin
    LabArgument lab = new LabArgument();

    @Option(
            names = "--controller",
            required = true,
            paramLabel = "URL",
            description = "where the controller listens: tls://ADDRESS:PORT, or ADDRESS:PORT")
    String controller = "";

    @Option(names = "--credentials", required = true, paramLabel = "DIR", description = "as kwm credentials wrote them")
    Path credentials = Path.of(".");

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description =
                    "listen at this real address instead of the lab's own; a second gateway, a second name server")
    List<String> listen = new ArrayList<>();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "loopback",
            description = "loopback (default) or container")
    RunFile.Mode mode = RunFile.Mode.LOOPBACK;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "as the lab's (default: 0)")
    int offset;

    /** @throws UsageException when it is no address with a port */
    InetSocketAddress controller() {
        String place = controller.startsWith("tls://") ? controller.substring("tls://".length()) : controller;
        int colon = place.lastIndexOf(':');
        String host = colon < 0 ? "" : place.substring(0, colon).replaceAll("^\\[|]$", "");
        String port = place.substring(colon + 1);
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
        if (!Addresses.isNumeric(host) || number < 1 || number > HIGHEST_PORT) {
            throw new UsageException(
                    "--controller: '" + controller + "' (expected: tls://ADDRESS:PORT, the address in numbers)");
        }
        return new InetSocketAddress(Addresses.parse(host), number);
    }

    /** @throws UsageException when one is no address */
    List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : listen) {
            @Nullable InetAddress address = Addresses.isNumeric(text) ? Addresses.parse(text) : null;
            if (address == null) {
                throw new UsageException("--listen: '" + text + "' is no address in numbers");
            }
            addresses.add(address);
        }
        return addresses;
    }
}
