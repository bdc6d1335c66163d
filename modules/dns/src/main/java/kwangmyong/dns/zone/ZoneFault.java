package kwangmyong.dns.zone;

import java.nio.file.Path;

/**
 * One thing wrong with a zone.
 *
 * @param line from 1; 0 when it concerns the file as a whole
 */
public record ZoneFault(Path file, int line, String message) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
