package kwangmyong.sites.library;

import java.util.List;
import kwangmyong.sites.text.Bilingual;

/**
 * One record of a catalogue. All of it is invented.
 *
 * @param number from 1
 * @param edition 1 for the first
 * @param language a tag (RFC 5646) of the language that the work is in
 * @param shelf the shelf mark
 * @param room the number of the reading room that has it
 * @param copies how many there are
 */
record Book(
        int number,
        Bilingual title,
        int edition,
        List<Bilingual> authors,
        Subject subject,
        Bilingual topic,
        Bilingual publisher,
        int year,
        int pages,
        String language,
        String shelf,
        int room,
        int copies) {
    Book {
        authors = List.copyOf(authors);
    }

    /** What readers quote: {@code 000123}. */
    String id() {
        return "%06d".formatted(number);
    }
}
