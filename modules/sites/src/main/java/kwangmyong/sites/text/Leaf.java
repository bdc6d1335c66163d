package kwangmyong.sites.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.sites.text.Prose.Block;
import kwangmyong.web.page.Language;

/**
 * One written page or article: fields ({@code title: English | Korean}), then a body for each language, begun by a line {@code :en} or
 * {@code :ko}. A language that is not there is answered in the other.
 */
public final class Leaf {
    private final Map<String, String> fields;
    private final Map<Language, List<Block>> bodies;

    private Leaf(Map<String, String> fields, Map<Language, List<Block>> bodies) {
        this.fields = fields;
        this.bodies = bodies;
    }

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException when it has no title or no body; the message says which
     */
    public static Leaf parse(List<String> lines) {
        Map<String, String> fields = new HashMap<>();
        Map<Language, List<Block>> bodies = new HashMap<>();
        int line = 0;
        for (; line < lines.size() && !isLanguage(lines.get(line)); line++) {
            int colon = lines.get(line).indexOf(": ");
            if (colon > 0) {
                fields.put(
                        lines.get(line).substring(0, colon),
                        lines.get(line).substring(colon + 2).strip());
            }
        }
        while (line < lines.size()) {
            Language language = lines.get(line).equals(":ko") ? Language.KOREAN : Language.ENGLISH;
            List<String> body = new ArrayList<>();
            for (line++; line < lines.size() && !isLanguage(lines.get(line)); line++) {
                body.add(lines.get(line));
            }
            bodies.put(language, Prose.blocks(body));
        }
        if (!fields.containsKey("title") || bodies.isEmpty()) {
            throw new IllegalArgumentException(
                    fields.containsKey("title") ? "it has no body (:en or :ko)" : "it has no title");
        }
        return new Leaf(fields, bodies);
    }

    private static boolean isLanguage(String line) {
        return line.equals(":en") || line.equals(":ko");
    }

    public String title(Language language) {
        return field("title", language);
    }

    /** A field in a language: {@code English | Korean}, or one text for both; empty when it is not there. */
    public String field(String name, Language language) {
        String[] both = fields.getOrDefault(name, "").split(" \\| ", 2);
        return language == Language.KOREAN && both.length > 1 ? both[1] : both[0];
    }

    public List<Block> body(Language language) {
        List<Block> body = bodies.get(language);
        return body == null ? bodies.getOrDefault(language.other(), List.of()) : body;
    }

    /** The language that {@link #body} is in when {@code wanted} is. */
    public Language spoken(Language wanted) {
        return bodies.containsKey(wanted) ? wanted : wanted.other();
    }
}
