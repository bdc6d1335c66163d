package kwangmyong.sites.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of words beside a class, in sections: {@code = heading | heading …}, then a {@code Korean = English} pair a line. A line that begins
 * with {@code #} is a comment.
 */
public final class WordFile {
    private WordFile() {}

    /** A section's headings and its pairs. */
    public record Section(List<String> headings, List<Bilingual> words) {
        public Section {
            headings = List.copyOf(headings);
            words = List.copyOf(words);
        }
    }

    /**
     * Reads a file of the class path.
     *
     * @throws IllegalStateException when it is missing or a line is neither section, pair nor comment: a fault of this build
     */
    public static List<Section> read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not beside " + beside.getName());
            }
            return sections(name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The words of the one section that has {@code heading} first. */
    public static List<Bilingual> words(List<Section> sections, String heading) {
        return sections.stream()
                .filter(section -> section.headings().get(0).equals(heading))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no section '" + heading + "'"))
                .words();
    }

    private static List<Section> sections(String name, BufferedReader lines) throws IOException {
        List<Section> sections = new ArrayList<>();
        List<String> headings = List.of();
        List<Bilingual> words = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("= ")) {
                if (!headings.isEmpty()) {
                    sections.add(new Section(headings, words));
                }
                headings = List.of(line.substring(2).split(" \\| "));
                words = new ArrayList<>();
                continue;
            }
            int equals = line.indexOf(" = ");
            if (equals < 0 || headings.isEmpty()) {
                throw new IllegalStateException(name + ": '" + line + "' is no pair");
            }
            words.add(new Bilingual(line.substring(0, equals), line.substring(equals + 3)));
        }
        sections.add(new Section(headings, words));
        return sections;
    }
}
