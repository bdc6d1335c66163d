package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a closed segment holds: a signed note beside it, written when it is closed.
 *
 * @param first the number of its first line
 * @param before the id of the line before that
 * @param last the number of its last line
 * @param id of its last line
 * @param bytes of its lines, as they were written
 */
record SegmentEnd(int segment, long first, String before, long last, String id, long bytes) {
    private static final String PURPOSE = "segment";
    private static final Pattern FORM = Pattern.compile(
            "\\{\"segment\":(\\d{1,9}),\"first\":(\\d{1,18}),\"before\":\"([0-9a-f]{32})\",\"last\":(\\d{1,18}),\"id\":\"([0-9a-f]{32})\",\"bytes\":(\\d{1,18})");

    void write(Path file, JournalKey key) throws IOException {
        String body = "{\"segment\":" + segment + ",\"first\":" + first + ",\"before\":\"" + before + "\",\"last\":"
                + last + ",\"id\":\"" + id + "\",\"bytes\":" + bytes;
        SignedNote.write(file, PURPOSE, body, key);
    }

    /** Reads the end of {@code segment}; empty when there is none that {@code key} signed of it. */
    static Optional<SegmentEnd> read(Segment segment, PublicKey key) throws IOException {
        return SignedNote.read(segment.end(), PURPOSE, key)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(said -> new SegmentEnd(
                        Integer.parseInt(said.group(1)),
                        Long.parseLong(said.group(2)),
                        said.group(3),
                        Long.parseLong(said.group(4)),
                        said.group(5),
                        Long.parseLong(said.group(6))))
                .filter(end -> end.segment == segment.number());
    }

    LineEncoder.Link link() {
        return new LineEncoder.Link(last, id);
    }
}
