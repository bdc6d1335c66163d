package kwangmyong.sites.library;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import kwangmyong.sites.text.Bilingual;
import kwangmyong.sites.text.People;
import kwangmyong.sites.text.WordFile;
import kwangmyong.sites.text.WordFile.Section;

/**
 * The records of one library, each a function of the seed and its number: nothing is kept, and the same seed makes the same library. No title
 * comes twice until all have come; from then on further editions do.
 */
final class Bibliography {
    /** Changes whenever the words or the making of records do, so that a kept index of older ones is made anew. */
    static final String VERSION = "1";

    private static final int FIRST_YEAR = 1948;
    private static final int LAST_YEAR = 2015;
    private static final int MOST_PAGES = 620;
    private static final int FEWEST_PAGES = 48;
    private static final int MOST_AUTHORS = 3;
    private static final int ROOMS = 15;
    private static final int MOST_COPIES = 12;

    private final long seed;
    private final int size;
    private final List<Subject> subjects = Subject.all();
    private final List<Section> titles = WordFile.read(Bibliography.class, "titles.txt");
    private final People people = new People();
    private final List<Bilingual> publishers =
            WordFile.words(WordFile.read(Bibliography.class, "publishers.txt"), "publisher");
    private final List<Work> works;

    /** A subject, a topic of it, and a kind of title. */
    private record Work(Subject subject, Bilingual topic, Bilingual title) {}

    /** @param size how many records there are */
    Bibliography(long seed, int size) {
        this.seed = seed;
        this.size = size;
        this.works = shuffled(everyWork());
    }

    private List<Work> everyWork() {
        List<Work> all = new ArrayList<>();
        for (Subject subject : subjects) {
            for (Bilingual topic : subject.topics()) {
                for (Bilingual title : WordFile.words(titles, subject.kind())) {
                    all.add(new Work(subject, topic, title));
                }
            }
        }
        return all;
    }

    private List<Work> shuffled(List<Work> all) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = all.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            Work work = all.get(last);
            all.set(last, all.get(other));
            all.set(other, work);
        }
        return all;
    }

    int size() {
        return size;
    }

    List<Subject> subjects() {
        return subjects;
    }

    /** @param number 1 to {@link #size} */
    Book book(int number) {
        if (number < 1 || number > size) {
            throw new IllegalArgumentException("record: " + number + " (expected: 1-" + size + ")");
        }
        Work work = works.get((number - 1) % works.size());
        int edition = 1 + (number - 1) / works.size();
        // The number is spread over all bits, else neighbours would resemble each other.
        SplittableRandom random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
        List<Bilingual> authors = authors(random, work.subject().kind());
        // Two drawings, the later taken: more of what is newer.
        int year = Math.max(year(random), year(random));
        String shelf = work.subject().number() + "-" + authors.get(0).korean().charAt(0) + (1 + random.nextInt(999));
        return new Book(
                number,
                work.title().filled(work.topic()),
                edition,
                authors,
                work.subject(),
                work.topic(),
                pick(random, publishers),
                year,
                FEWEST_PAGES + random.nextInt(MOST_PAGES - FEWEST_PAGES),
                language(random),
                shelf,
                1 + random.nextInt(ROOMS),
                1 + random.nextInt(MOST_COPIES));
    }

    private static int year(SplittableRandom random) {
        return FIRST_YEAR + random.nextInt(LAST_YEAR - FIRST_YEAR + 1);
    }

    private List<Bilingual> authors(SplittableRandom random, String kind) {
        boolean alone = kind.equals("fiction") || kind.equals("verse");
        int count = alone ? 1 : 1 + random.nextInt(MOST_AUTHORS);
        Set<Bilingual> authors = new LinkedHashSet<>();
        while (authors.size() < count) {
            authors.add(people.any(random));
        }
        return List.copyOf(authors);
    }

    /** Six in seven are in Korean. */
    private static String language(SplittableRandom random) {
        return switch (random.nextInt(21)) {
            case 0 -> "ru";
            case 1 -> "zh";
            case 2 -> "en";
            default -> "ko";
        };
    }

    private static Bilingual pick(SplittableRandom random, List<Bilingual> list) {
        return list.get(random.nextInt(list.size()));
    }
}
