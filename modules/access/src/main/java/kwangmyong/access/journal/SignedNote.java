package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that the journal's key signed, as {@code {…,"signature":"…"}}. What is signed begins with the purpose, so that a note of one kind
 * never passes for one of another.
 */
final class SignedNote {
    private static final int MAX_BYTES = 1_024;
    private static final int MOST_HELD = 4_096;
    private static final Pattern FORM =
            Pattern.compile("(\\{[ -~]{1,800}),\"signature\":\"([A-Za-z0-9+/=]{1,128})\"}\\s*");

    /** What was found to hold lately: a search looks at the same notes of all closed files again and again, and verifying costs most of it. */
    private static final Map<Note, Boolean> HELD = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Note, Boolean> eldest) {
            return size() > MOST_HELD;
        }
    };

    private SignedNote() {}

    /** A note to the last character. */
    private record Note(PublicKey key, String purpose, String text) {}

    /**
     * The note as text, with a line end.
     *
     * @param body of the object, with its opening brace and without its closing one
     */
    static String sign(String purpose, String body, JournalKey key) {
        String signature = Base64.getEncoder().encodeToString(key.sign(signed(purpose, body)));
        return body + ",\"signature\":\"" + signature + "\"}\n";
    }

    /** Replaces {@code file} by a note. */
    static void write(Path file, String purpose, String body, JournalKey key) throws IOException {
        AtomicFile.write(file, sign(purpose, body, key).getBytes(StandardCharsets.US_ASCII));
    }

    /** The body of the note in {@code file}; empty when there is none, or none that {@code key} signed. */
    static Optional<String> read(Path file, String purpose, PublicKey key) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        return check(Files.readString(file, StandardCharsets.ISO_8859_1), purpose, key);
    }

    /** The body of a note; empty when {@code text} is none that {@code key} signed. */
    static Optional<String> check(String text, String purpose, PublicKey key) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var note = new Note(key, purpose, text);
        synchronized (HELD) {
            if (HELD.get(note) != null) {
                return Optional.of(matcher.group(1));
            }
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        String body = matcher.group(1);
        if (!JournalKey.verifies(key, signed(purpose, body), signature)) {
            return Optional.empty();
        }
        synchronized (HELD) {
            HELD.put(note, true);
        }
        return Optional.of(body);
    }

    private static byte[] signed(String purpose, String body) {
        return ("kwangmyong journal " + purpose + "\n" + body).getBytes(StandardCharsets.US_ASCII);
    }
}
