package kwangmyong.border.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * A network namespace that the lab made: it belongs to the user namespace that this process is in, which is not the machine's own. No other is
 * ever entered.
 *
 * @param path such as {@code /proc/1234/ns/net}
 */
public record LabNamespace(Path path) {
    /** Of the machine's own user namespace on every Linux, PROC_USER_INIT_INO. */
    private static final String MACHINE = "user:[4026531837]";

    /**
     * Does something there, on a thread that is there for nothing else.
     *
     * @throws IOException when the namespace is none of the lab's, or what is done throws it
     */
    public <T> T within(Callable<T> task) throws IOException {
        if (!Calls.AVAILABLE) {
            throw new IOException(
                    "the system's calls cannot be reached from here (Linux on a 64-bit machine is needed)");
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread visitor = new Thread(
                () -> {
                    try {
                        enter();
                        done.complete(task.call());
                    } catch (Exception | LinkageError failed) {
                        done.completeExceptionally(failed);
                    }
                },
                "kwm-namespace");
        visitor.start();
        try {
            return done.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof IOException known ? known : new IOException(cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a network was entered", stopped);
        }
    }

    private void enter() throws IOException {
        int namespace = Calls.check("open " + path, Calls.open(path.toString(), Calls.O_RDONLY | Calls.O_CLOEXEC));
        try {
            int owner = Calls.check("whose " + path + " is", Calls.ioctl(namespace, Calls.NS_GET_USERNS, 0));
            try {
                String whose = target("fd/" + owner);
                if (!whose.equals(target("ns/user")) || whose.equals(MACHINE)) {
                    throw new IOException(path + " is no network that this lab made");
                }
            } finally {
                Calls.close(owner);
            }
            Calls.check("setns " + path, Calls.setns(namespace, Calls.CLONE_NEWNET));
        } finally {
            Calls.close(namespace);
        }
    }

    private static String target(String link) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self", link)).toString();
    }

    /** The links of the network that the calling thread is in. */
    static Set<String> links() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/net/dev")).stream()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
