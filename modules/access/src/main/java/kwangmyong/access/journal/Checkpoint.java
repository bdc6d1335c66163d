package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the journal was known to hold: a signed note of its last line, beside the file. It is written once those lines are forced, so whatever
 * comes back after a loss of power holds them; a journal that does not was cut or altered.
 *
 * @param segment the number of the file that the line is in
 * @param seq of the last line; 0 when there is none
 * @param id of the last line
 * @param bytes the length of that file up to and with that line, 0 where the line is the last of the file before
 */
record Checkpoint(int segment, long seq, String id, long bytes) {
    private static final String PURPOSE = "checkpoint";
    /** Those written before there were segments say none, and mean the first. */
    private static final Pattern FORM = Pattern.compile(
            "\\{(?:\"segment\":(\\d{1,9}),)?\"seq\":(\\d{1,18}),\"id\":\"([0-9a-f]{32})\",\"bytes\":(\\d{1,18})");

    /** Replaces the checkpoint in {@code file}. */
    void write(Path file, JournalKey key) throws IOException {
        SignedNote.write(
                file,
                PURPOSE,
                "{\"segment\":" + segment + ",\"seq\":" + seq + ",\"id\":\"" + id + "\",\"bytes\":" + bytes,
                key);
    }

    /** Reads a checkpoint; empty when there is none, or none that {@code key} signed. */
    static Optional<Checkpoint> read(Path file, PublicKey key) throws IOException {
        return SignedNote.read(file, PURPOSE, key)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(said -> new Checkpoint(
                        said.group(1) == null ? 1 : Integer.parseInt(said.group(1)),
                        Long.parseLong(said.group(2)),
                        said.group(3),
                        Long.parseLong(said.group(4))));
    }

    /** Whether it was signed after {@code other}. */
    boolean isLaterThan(Checkpoint other) {
        return seq > other.seq || segment > other.segment;
    }
}
