package kwangmyong.lab.yaml;

import java.nio.file.Path;

/**
 * Something wrong in a file that a person wrote, said so that they can mend it.
 *
 * @param line from 1
 * @param column from 1
 * @param path of keys to the faulty value, as {@code attachments.cafe.ceiling}; empty for the file as a whole
 * @param message one line
 */
public record Fault(Path file, int line, int column, String path, String message) {
    public Fault(Place place, String path, String message) {
        this(place.file(), place.line(), place.column(), path, message);
    }

    /** As compilers and editors write it: {@code lab.yaml:12:5: attachments.cafe.ceilng: unknown key; did you mean 'ceiling'?}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
