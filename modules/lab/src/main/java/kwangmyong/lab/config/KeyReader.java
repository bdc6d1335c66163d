package kwangmyong.lab.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the {@code keys} of an operator or a subject: public keys as OpenSSH writes them, or files of such lines. */
final class KeyReader {
    private static final Pattern KEY = Pattern.compile("(ssh-|ecdsa-|sk-)\\S+ [A-Za-z0-9+/=]{16,}( .*)?");

    /** In bytes. */
    private static final int MAX_FILE = 1 << 16;

    private KeyReader() {}

    static List<String> read(List<Value> values) {
        List<String> keys = new ArrayList<>();
        for (Value value : values) {
            if (KEY.matcher(value.text()).matches()) {
                keys.add(value.text());
            } else if (value.text().contains(" ")) {
                value.refuse("is not an OpenSSH public key");
            } else {
                keys.addAll(file(value));
            }
        }
        return keys;
    }

    private static List<String> file(Value value) {
        try {
            Path file = value.place().resolve(value.text());
            if (!Files.isRegularFile(file)) {
                value.refuse("is neither an OpenSSH public key nor a file");
            } else if (Files.size(file) > MAX_FILE) {
                value.refuse("is larger than " + MAX_FILE + " bytes");
            } else {
                return keys(value, Files.readString(file));
            }
        } catch (IOException unreadable) {
            value.refuse("cannot be read as text");
        } catch (InvalidPathException notAPath) {
            value.refuse("is neither an OpenSSH public key nor a file");
        }
        return List.of();
    }

    private static List<String> keys(Value value, String text) {
        List<String> keys = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        for (String key : keys) {
            if (!KEY.matcher(key).matches()) {
                value.refuse("holds a line that is not an OpenSSH public key");
                return List.of();
            }
        }
        return keys;
    }
}
