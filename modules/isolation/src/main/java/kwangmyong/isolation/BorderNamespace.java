package kwangmyong.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.service.Service.StartException;

/** The network between the lab and the world, held open by a process that does nothing else. The machine answers nothing in it: it has no address. */
final class BorderNamespace implements AutoCloseable {
    private static final String READY = "ready";
    private static final String HOLD = """
            for kind in all default; do
                echo 1 >/proc/sys/net/ipv6/conf/$kind/disable_ipv6 2>/dev/null
            done
            echo ready
            exec tail -f /dev/null >/dev/null 2>&1
            """;

    private final Process holder;

    private BorderNamespace(Process holder) {
        this.holder = holder;
    }

    /** Makes it; there is no link in it yet. */
    static BorderNamespace open() throws StartException {
        try {
            Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", HOLD)
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = holder.inputReader();
            List<String> lines = new ArrayList<>(Programs.lines(said, READY));
            if (!lines.remove(READY)) {
                holder.destroyForcibly();
                throw new StartException("the border's network cannot be made: " + String.join("; ", lines));
            }
            return new BorderNamespace(holder);
        } catch (IOException missing) {
            throw new StartException("the border's network cannot be made: " + missing.getMessage(), missing);
        }
    }

    /** A process in it, as the lab's processes are numbered. */
    long process() {
        return holder.pid();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
