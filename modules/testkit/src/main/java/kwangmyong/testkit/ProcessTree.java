package kwangmyong.testkit;

import java.util.List;

/**
 * A program and every program it started. A browser is a dozen processes: while one of them lives it writes into its profile, and the test's
 * temporary folder cannot be deleted. So they are ended together, and their ends waited for.
 */
public final class ProcessTree {
    private ProcessTree() {}

    /** Ends them all, as {@code kill -9} does, and returns when none is left. */
    public static void end(Process root) {
        List<ProcessHandle> others = root.descendants().toList();
        // The root first: it is who starts further ones.
        root.destroyForcibly().onExit().join();
        others.forEach(ProcessHandle::destroyForcibly);
        others.forEach(each -> each.onExit().join());
    }
}
