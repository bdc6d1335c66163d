package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the journal was known to hold: a signed note of its last line, beside the file. It is written once those lines are forced, so whatever
 * comes back after a loss of power holds them; a journal that does not was cut or altered.
 *
 * @param seq of the last line; 0 when there is none
 * @param id of the last line
 * @param bytes the length of the file up to and with that line
 */
record Checkpoint(long seq, String id, long bytes) {
    private static final int MAX_FILE_BYTES = 1_024;
    private static final Pattern FORM = Pattern.compile(
            "\\{\"seq\":(\\d{1,18}),\"id\":\"([0-9a-f]{32})\",\"bytes\":(\\d{1,18}),\"signature\":\"([A-Za-z0-9+/=]{1,128})\"}\\s*");

    /** Replaces the checkpoint in {@code file}. */
    void write(Path file, JournalKey key) throws IOException {
        String signature = Base64.getEncoder().encodeToString(key.sign(signed()));
        String text = body() + ",\"signature\":\"" + signature + "\"}\n";
        AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a checkpoint; empty when there is none, or none that {@code key} signed. */
    static Optional<Checkpoint> read(Path file, PublicKey key) throws IOException {
        if (!Files.exists(file) || Files.size(file) > MAX_FILE_BYTES) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Checkpoint said =
                new Checkpoint(Long.parseLong(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3)));
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(matcher.group(4));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return JournalKey.verifies(key, said.signed(), signature) ? Optional.of(said) : Optional.empty();
    }

    private byte[] signed() {
        return ("kwangmyong journal checkpoint\n" + body()).getBytes(StandardCharsets.US_ASCII);
    }

    private String body() {
        return "{\"seq\":" + seq + ",\"id\":\"" + id + "\",\"bytes\":" + bytes;
    }
}
