package kwangmyong.lab.yaml;

import java.nio.file.Path;

/**
 * Where something was written.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
public record Place(Path file, int line, int column) {
    /** The beginning of a file, for what is missing altogether. */
    public static Place startOf(Path file) {
        return new Place(file, 1, 1);
    }

    /** A path beside the file that names it; an absolute one stays as it is. */
    public Path resolve(String path) {
        return file.resolveSibling(path).normalize();
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
