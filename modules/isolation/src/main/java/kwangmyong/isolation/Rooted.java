package kwangmyong.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as they are found by whoever has another root: the kernel, asked from here, would take links that begin at the root for ours. */
final class Rooted {
    private static final Path TOP = Path.of("/");
    private static final int MOST_LINKS = 40; // as many as the kernel follows, path_resolution(7)

    private Rooted() {}

    /**
     * Where a path leads there, as it is found from here. One that is not there, or leads in a circle, leads to what is not there or is a link.
     *
     * @param path absolute
     */
    static Path find(Path root, Path path) throws IOException {
        Deque<Path> left = new ArrayDeque<>();
        path.forEach(left::addLast);
        Path here = TOP;
        int links = 0;
        while (!left.isEmpty()) {
            Path next = here.resolve(left.removeFirst()).normalize();
            Path found = root.resolve(TOP.relativize(next));
            if (links == MOST_LINKS || !Files.isSymbolicLink(found)) {
                here = next;
                continue;
            }
            links++;
            Path target = Files.readSymbolicLink(found);
            here = target.isAbsolute() ? TOP : here;
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                left.addFirst(target.getName(i));
            }
        }
        return root.resolve(TOP.relativize(here));
    }
}
