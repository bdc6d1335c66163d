package kwangmyong.dns.check;

import java.nio.file.Path;

/**
 * One thing that is wrong, or at least strange.
 *
 * @param id a word for programs, such as {@code glue-missing}; docs/zone-check.md lists all
 * @param zone the zone's name, without a final dot
 * @param line from 1; 0 when it concerns the file as a whole
 * @param message for people: what is so, why it matters, what to do
 */
public record Finding(Severity severity, String id, String zone, Path file, int line, String message) {
    /** How bad it is. */
    public enum Severity {
        /** Some server refuses the zone, or somebody who asks gets no answer or a wrong one. */
        ERROR,
        /** It works, but not as whoever wrote it meant, or not for long. */
        WARNING,
        /** Against custom. */
        REMARK;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** {@code file:line: severity: message [id]}, as compilers write it. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + severity.word() + ": " + message + " [" + id + "]";
    }
}
