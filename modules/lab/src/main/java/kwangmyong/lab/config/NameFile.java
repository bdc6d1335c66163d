package kwangmyong.lab.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import kwangmyong.lab.yaml.Place;

/** Names beside the configuration, one a line, in UTF-8; what follows {@code #} is a comment. For lists that are longer than a person writes. */
final class NameFile {
    private static final long MAX_BYTES = 64L << 20;

    private NameFile() {}

    /** Gives {@code to} every name of the file that {@code path} names, each with its place; a file that cannot be read is a fault. */
    static void read(Value path, Consumer<Value> to) {
        try {
            Path file = path.place().resolve(path.text());
            if (!Files.isRegularFile(file)) {
                path.refuse("is no file: " + file);
            } else if (Files.size(file) > MAX_BYTES) {
                path.refuse("is longer than " + (MAX_BYTES >> 20) + " MiB");
            } else {
                lines(file, path, to);
            }
        } catch (InvalidPathException notAPath) {
            path.refuse("is not a path");
        } catch (CharacterCodingException notText) {
            path.refuse("is not UTF-8");
        } catch (IOException unreadable) {
            path.refuse("cannot be read");
        }
    }

    private static void lines(Path file, Value from, Consumer<Value> to) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line;
            boolean any = false;
            for (int number = 1; (line = reader.readLine()) != null; number++) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    any = true;
                    int column = line.indexOf(name) + 1;
                    to.accept(new Value(name, new Place(file, number, column), from.path(), from.faults()));
                }
            }
            if (!any) {
                from.refuse("names nothing");
            }
        }
    }
}
