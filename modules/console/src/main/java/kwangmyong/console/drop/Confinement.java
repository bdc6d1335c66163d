package kwangmyong.console.drop;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where paths may lead: into a share, through folders that are none but folders. Whatever is outside is as if it were not there, so that nothing is
 * learnt of it.
 */
final class Confinement {
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1_024;

    private final DropConfig config;

    Confinement(DropConfig config) {
        this.config = config;
    }

    /**
     * The path, where it may be looked at.
     *
     * @param path of the rooted file system, in which the root is the drop's
     */
    Path within(Path path) throws IOException {
        Path plain = path.toAbsolutePath().normalize();
        if (plain.toString().length() > LONGEST || plain.getNameCount() > DEEPEST) {
            throw new NoSuchFileException(plain.toString());
        }
        if (plain.getNameCount() == 0) {
            return plain;
        }
        if (!config.shares().containsKey(plain.getName(0).toString())) {
            throw new NoSuchFileException(plain.toString());
        }
        Path each = plain.getRoot();
        for (Path name : plain) {
            each = each.resolve(name);
            if (Files.isSymbolicLink(each)) { // none is made here, but a lab's folder may have one
                throw new NoSuchFileException(plain.toString());
            }
        }
        return plain;
    }

    /** The path, where it may be changed: within a share that is written to, and not the share itself. */
    Path writable(Path path) throws IOException {
        Path plain = within(path);
        if (plain.getNameCount() < 2
                || !Boolean.TRUE.equals(config.shares().get(plain.getName(0).toString()))) {
            throw new AccessDeniedException(plain.toString());
        }
        return plain;
    }

    boolean isRoot(Path path) {
        return path.toAbsolutePath().normalize().getNameCount() == 0;
    }

    boolean isShare(String name) {
        return config.shares().containsKey(name);
    }
}
