package kwangmyong.console.drop;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the drop shows of a folder, and its limits.
 *
 * @param root of which nothing but the shares is ever seen
 * @param shares the folders directly below the root that are seen, each with whether files may be put there, renamed and removed
 * @param largest octets of one file that is written
 * @param quota octets of all files of a share that is written to
 * @param mostFiles in such a share, folders among them
 */
public record DropConfig(Path root, Map<String, Boolean> shares, long largest, long quota, int mostFiles) {
    public static final long DEFAULT_LARGEST = 64L << 20;
    public static final long DEFAULT_QUOTA = 256L << 20;
    public static final int DEFAULT_MOST_FILES = 10_000;

    public DropConfig {
        root = root.toAbsolutePath().normalize();
        shares = Map.copyOf(shares);
        if (largest < 1 || quota < largest || mostFiles < 1) {
            throw new IllegalArgumentException("a drop of " + quota + " octets with files of " + largest + ", "
                    + mostFiles + " files (expected: more than nothing, the quota not below a file)");
        }
        shares.keySet().forEach(name -> {
            if (!name.matches("[a-z]{1,20}")) {
                throw new IllegalArgumentException("a share called '" + name + "' (expected: letters)");
            }
        });
    }

    /** The usual limits. */
    public static DropConfig of(Path root, Map<String, Boolean> shares) {
        return new DropConfig(root, new TreeMap<>(shares), DEFAULT_LARGEST, DEFAULT_QUOTA, DEFAULT_MOST_FILES);
    }
}
