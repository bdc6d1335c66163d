package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lab itself let go, oldest first, as it was told to: a signed note that stands for those segments, so that their absence is told from a
 * removal. Written before the files go.
 *
 * @param segment the last that was let go
 * @param seq of its last line
 * @param id of that line
 */
record LetGo(int segment, long seq, String id) {
    static final LetGo NOTHING = new LetGo(0, 0, Seal.NOTHING_BEFORE);

    private static final String PURPOSE = "let go";
    private static final Pattern FORM =
            Pattern.compile("\\{\"segment\":(\\d{1,9}),\"seq\":(\\d{1,18}),\"id\":\"([0-9a-f]{32})\"");

    void write(Path file, JournalKey key) throws IOException {
        SignedNote.write(file, PURPOSE, "{\"segment\":" + segment + ",\"seq\":" + seq + ",\"id\":\"" + id + "\"", key);
    }

    static Optional<LetGo> read(Path file, PublicKey key) throws IOException {
        return SignedNote.read(file, PURPOSE, key)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(said -> new LetGo(Integer.parseInt(said.group(1)), Long.parseLong(said.group(2)), said.group(3)));
    }

    LineEncoder.Link link() {
        return new LineEncoder.Link(seq, id);
    }
}
