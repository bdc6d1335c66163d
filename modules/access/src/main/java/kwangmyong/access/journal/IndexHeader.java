package kwangmyong.access.journal;

import java.security.PublicKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a packed segment's index says of the whole of it: its first line, signed.
 *
 * @param first the number of the first line
 * @param last the number of the last
 * @param from the earliest time of a line, in milliseconds
 * @param to the latest
 * @param bytes of the lines, as they were written
 * @param packed of the packed file
 * @param sha256 of the rest of the index, in hexadecimal digits
 */
record IndexHeader(
        int segment, int blocks, long first, long last, long from, long to, long bytes, long packed, String sha256) {
    private static final String PURPOSE = "index";
    private static final Pattern FORM = Pattern.compile("\\{\"segment\":(\\d{1,9}),\"blocks\":(\\d{1,9}),"
            + "\"first\":(\\d{1,18}),\"last\":(\\d{1,18}),\"from\":(-?\\d{1,18}),\"to\":(-?\\d{1,18}),"
            + "\"bytes\":(\\d{1,18}),\"packed\":(\\d{1,18}),\"sha256\":\"([0-9a-f]{64})\"");

    /** As a line, signed. */
    String sign(JournalKey key) {
        return SignedNote.sign(
                PURPOSE,
                "{\"segment\":" + segment + ",\"blocks\":" + blocks + ",\"first\":" + first + ",\"last\":" + last
                        + ",\"from\":" + from + ",\"to\":" + to + ",\"bytes\":" + bytes + ",\"packed\":" + packed
                        + ",\"sha256\":\"" + sha256 + "\"",
                key);
    }

    /** Reads a line that {@link #sign} gave; empty when {@code key} did not sign it. */
    static Optional<IndexHeader> read(String line, PublicKey key) {
        return SignedNote.check(line, PURPOSE, key)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(said -> new IndexHeader(
                        Integer.parseInt(said.group(1)),
                        Integer.parseInt(said.group(2)),
                        Long.parseLong(said.group(3)),
                        Long.parseLong(said.group(4)),
                        Long.parseLong(said.group(5)),
                        Long.parseLong(said.group(6)),
                        Long.parseLong(said.group(7)),
                        Long.parseLong(said.group(8)),
                        said.group(9)));
    }
}
