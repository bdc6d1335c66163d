package kwangmyong.isolation;

import java.io.IOException;
import java.net.InetAddress;
import kwangmyong.kernel.service.Service.StartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An address that the lab's own network has for a while. */
final class Borrowed {
    private static final Logger log = LoggerFactory.getLogger(Borrowed.class);

    private Borrowed() {}

    /** Has the network take the address; what comes back gives it back. */
    static Runnable in(InetAddress address) throws IOException {
        run(address, "add");
        return () -> {
            try {
                run(address, "del");
            } catch (IOException stays) {
                log.warn("{}", stays.getMessage());
            }
        };
    }

    private static void run(InetAddress address, String what) throws IOException {
        try {
            Programs.run("addr " + what + " " + NetworkPlan.host(address) + " dev lo\n", "ip", "-batch", "-");
        } catch (StartException cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }
}
