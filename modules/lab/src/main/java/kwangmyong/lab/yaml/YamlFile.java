package kwangmyong.lab.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads one YAML file (UTF-8) into a tree. What is wrong with the file is told as faults; nothing is thrown. */
public final class YamlFile {
    /** In bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlFile() {}

    /** The file's only document; empty when it cannot be read or its syntax is broken, which {@code faults} then says. */
    public static Optional<Yaml> read(Path file, Faults faults) {
        faults.begin(file);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException missing) {
            faults.add(Place.startOf(file), "", "there is no such file");
            return Optional.empty();
        } catch (IOException unreadable) {
            faults.add(Place.startOf(file), "", "cannot be read: " + unreadable.getMessage());
            return Optional.empty();
        }
        if (bytes.length > MAX_BYTES) {
            faults.add(Place.startOf(file), "", "is larger than " + MAX_BYTES + " bytes");
            return Optional.empty();
        }
        return decode(file, bytes, faults).flatMap(text -> parse(file, text, faults));
    }

    /** As {@link #read}, of text that is in memory already; {@code file} is what places will name. */
    public static Optional<Yaml> parse(Path file, String text, Faults faults) {
        faults.begin(file);
        return new YamlTree(file, faults).parse(text);
    }

    private static Optional<String> decode(Path file, byte[] bytes, Faults faults) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            faults.add(placeBehind(file, text.toString()), "", "is not UTF-8 text from here on");
            return Optional.empty();
        }
        String decoded = text.toString();
        return Optional.of(decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded);
    }

    static Place placeBehind(Path file, String text) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return new Place(file, line, text.codePointCount(begin, text.length()) + 1);
    }
}
