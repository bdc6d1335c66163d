package kwangmyong.access.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens that hold, as one small JSON file that only its owner reads: written beside, forced, renamed over the old one. It has their hashes,
 * never their texts. Of one thread.
 */
final class TokenFile {
    private static final Logger log = LoggerFactory.getLogger(TokenFile.class);
    private static final String NAME = "tokens.json";
    private static final int VERSION = 1;

    private final Path file;
    private final JsonMapper json = JsonMapper.builder().build();

    TokenFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** @param version of this form */
    record Saved(int version, List<Kept> tokens) {}

    /**
     * A token on disk.
     *
     * @param hash SHA-256 of its text, in hexadecimal
     */
    record Kept(String id, String hash, String operator, List<String> scopes, String since, String until, String note) {
        boolean isWhole() {
            return id != null
                    && hash != null
                    && operator != null
                    && scopes != null
                    && since != null
                    && until != null
                    && note != null;
        }
    }

    /** What was saved last; nothing when there is no file. One that cannot be read is set aside, and its tokens hold no longer. */
    List<Kept> load() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            Saved saved = json.readValue(Files.readAllBytes(file), Saved.class);
            if (saved != null
                    && saved.version() == VERSION
                    && saved.tokens() != null
                    && saved.tokens().stream().allMatch(kept -> kept != null && kept.isWhole())) {
                return saved.tokens();
            }
            setAside("it is not of version " + VERSION + ", or not whole");
        } catch (JacksonException unreadable) {
            setAside(unreadable.getOriginalMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
        return List.of();
    }

    void setAside(String why) {
        try {
            long written = Files.getLastModifiedTime(file).toMillis();
            Path aside = file.resolveSibling(NAME + ".unreadable-" + written);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            log.warn("{} cannot be used ({}); set aside as {}: no token holds", file, why, aside.getFileName());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot set aside " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** On disk when it returns. */
    void save(List<Kept> tokens) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(new Saved(VERSION, tokens)));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot save " + file + ": " + failure.getMessage(), failure);
        }
    }
}
