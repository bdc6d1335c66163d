package kwangmyong.sites.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import kwangmyong.sites.text.Bilingual;
import kwangmyong.sites.text.People;
import kwangmyong.sites.text.WordFile;
import kwangmyong.sites.text.WordFile.Section;

/** The entries of a directory, made from a seed, and the search in them. */
final class Telephones {
    /** Entries that one search shows. */
    static final int MOST_FOUND = 60;

    /** Characters of a search that count. */
    static final int MOST_CHARACTERS = 64;

    private static final int NUMBERS = 9_000;
    private static final int FIRST_NUMBER = 1_000;

    private final List<Entry> entries;

    /** @param size how many entries there are */
    Telephones(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Section> words = WordFile.read(Telephones.class, "offices.txt");
        People people = new People();
        List<Entry> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Bilingual office = pick(random, WordFile.words(words, "office"));
            Bilingual post = pick(random, WordFile.words(words, "post"));
            made.add(new Entry(people.any(random), post, office, "02-381-" + (FIRST_NUMBER + random.nextInt(NUMBERS))));
        }
        this.entries = List.copyOf(made);
    }

    private static Bilingual pick(SplittableRandom random, List<Bilingual> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One line of the directory. */
    record Entry(Bilingual person, Bilingual post, Bilingual office, String number) {
        private boolean has(String part) {
            return number.contains(part) || has(person, part) || has(post, part) || has(office, part);
        }

        private static boolean has(Bilingual words, String part) {
            return words.korean().contains(part)
                    || words.english().toLowerCase(Locale.ROOT).contains(part);
        }
    }

    /**
     * What was found.
     *
     * @param total how many there are; {@code shown} has the first {@value #MOST_FOUND}
     */
    record Found(int total, List<Entry> shown) {
        Found {
            shown = List.copyOf(shown);
        }
    }

    int size() {
        return entries.size();
    }

    /** The entries that have every word of {@code query}; none for an empty one: a directory is asked, not read. */
    Found find(String query) {
        String counted = query.substring(0, Math.min(query.length(), MOST_CHARACTERS));
        List<String> words = List.of(counted.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        if (counted.isBlank()) {
            return new Found(0, List.of());
        }
        List<Entry> found = entries.stream()
                .filter(entry -> words.stream().allMatch(entry::has))
                .toList();
        return new Found(found.size(), found.subList(0, Math.min(MOST_FOUND, found.size())));
    }
}
