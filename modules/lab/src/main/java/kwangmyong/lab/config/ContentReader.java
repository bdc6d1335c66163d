package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.gateway.content.ContentRule;
import kwangmyong.gateway.content.Keywords;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.policy.NamePattern;

/** Reads {@code gateway.content}: what may not be fetched from permitted hosts. */
final class ContentReader {
    private final Collection<String> subjects;
    private final Set<String> ids = new LinkedHashSet<>();

    ContentReader(Collection<String> subjects) {
        this.subjects = subjects;
    }

    List<ContentRule> read(List<Section> sections) {
        List<ContentRule> rules = new ArrayList<>();
        for (Section section : sections) {
            rules.add(read(section));
        }
        return rules;
    }

    private ContentRule read(Section section) {
        String id = section.text("id", "content");
        if (!ids.add(id)) {
            section.fault("id", "'" + id + "' is the id of two content rules");
        }
        List<NamePattern> names = section.values("names").stream()
                .flatMap(value -> value.as(Names::pattern).stream())
                .toList();
        return new ContentRule(
                id,
                names,
                RuleReader.known(section.values("subjects"), subjects, "subject"),
                texts(section, "paths").toList(),
                texts(section, "methods")
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                texts(section, "types")
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                section.integer("larger_than", -1),
                keywords(section).orElse(null),
                section.integer("rate", 0),
                denial(section));
    }

    private static java.util.stream.Stream<String> texts(Section section, String key) {
        return section.values(key).stream().map(Value::text);
    }

    private static Optional<Keywords> keywords(Section section) {
        List<String> words = texts(section, "keywords").toList();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Keywords.of(words));
        } catch (IllegalArgumentException unusable) {
            section.fault("keywords", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    static Presentation.Http denial(Section section) {
        String word = section.text("denial", Presentation.Http.BLOCK_PAGE.word());
        return Arrays.stream(Presentation.Http.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElse(Presentation.Http.BLOCK_PAGE);
    }
}
