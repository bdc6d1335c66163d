package kwangmyong.sites.library;

import java.util.List;
import kwangmyong.sites.text.Bilingual;
import kwangmyong.sites.text.WordFile;

/**
 * A class of the catalogue.
 *
 * @param number a decimal class number, as Dewey's; tells subjects apart
 * @param kind which titles it has
 */
record Subject(String number, String kind, Bilingual name, List<Bilingual> topics) {
    Subject {
        topics = List.copyOf(topics);
    }

    static List<Subject> all() {
        return WordFile.read(Subject.class, "subjects.txt").stream()
                .map(section -> new Subject(
                        section.headings().get(0),
                        section.headings().get(1),
                        new Bilingual(
                                section.headings().get(2), section.headings().get(3)),
                        section.words()))
                .toList();
    }
}
