package kwangmyong.sites.text;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of written pages: every {@code *.md} in it, by file name without that ending, in alphabetical order. */
public final class LeafFolder {
    private static final String ENDING = ".md";
    private static final long MOST_BYTES = 256 * 1024;
    private static final int MOST_FILES = 1_000;

    private LeafFolder() {}

    /**
     * Reads a folder.
     *
     * @throws IOException when it is not there or a file cannot be read
     * @throws IllegalArgumentException when a file is no page, is larger than 256 KiB, or there are more than a thousand; it names the file
     */
    public static Map<String, Leaf> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
        }
        Map<String, Leaf> leaves = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = String.valueOf(file.getFileName());
            try {
                leaves.put(name.substring(0, name.length() - ENDING.length()), Leaf.parse(lines(file)));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException(file + ": " + malformed.getMessage(), malformed);
            }
        }
        return leaves;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files =
                    new ArrayList<>(entries.filter(file -> file.toString().endsWith(ENDING))
                            .sorted()
                            .toList());
            if (files.size() > MOST_FILES) {
                throw new IllegalArgumentException(
                        folder + ": " + files.size() + " pages (expected: at most " + MOST_FILES + ")");
            }
            return files;
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException("larger than " + MOST_BYTES + " bytes");
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException notText) {
            throw new IllegalArgumentException("not in UTF-8", notText);
        }
    }
}
