package kwangmyong.sites.news;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kwangmyong.sites.text.Bilingual;
import kwangmyong.sites.text.Leaf;
import kwangmyong.sites.text.WordFile;
import kwangmyong.sites.text.WordFile.Section;
import org.jspecify.annotations.Nullable;

/**
 * What comes in each day, as a function of the seed and the day, and what the editor lets pass of it: positive items, and no others. On some
 * days one of the site's written articles leads.
 */
final class Newsroom {
    /** How many days are kept, today included. */
    static final int DAYS_KEPT = 14;

    /** The country's time. */
    static final ZoneOffset ZONE = ZoneOffset.ofHours(9);

    private static final int FEWEST_ITEMS = 6;
    private static final int MORE_ITEMS = 4;
    private static final int ONE_BAD_IN = 3;
    private static final int LEAST_PERCENT = 101;
    private static final int MORE_PERCENT = 35;
    private static final int LEAST_COUNT = 21;
    private static final int MORE_COUNT = 380;
    private static final Duration FIRST_AT = Duration.ofHours(5);
    private static final Duration APART = Duration.ofMinutes(40);
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final List<Leaf> written;
    private final List<Section> words = WordFile.read(Newsroom.class, "words.txt");

    Newsroom(long seed, List<Leaf> written) {
        this.seed = seed;
        this.written = List.copyOf(written);
    }

    private enum Tone {
        GOOD,
        BAD
    }

    private record Item(Tone tone, Leaf leaf) {}

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZONE);
    }

    /** The days that have an edition, newest first. */
    static List<LocalDate> days(Instant now) {
        LocalDate today = day(now);
        List<LocalDate> days = new ArrayList<>();
        for (int back = 0; back < DAYS_KEPT; back++) {
            days.add(today.minusDays(back));
        }
        return days;
    }

    /** A day's edition as it stands at {@code now}; null for a day that is not kept, or is still to come. */
    @Nullable
    Edition edition(LocalDate day, Instant now) {
        if (day.isAfter(day(now)) || day.isBefore(day(now).minusDays(DAYS_KEPT - 1))) {
            return null;
        }
        List<Article> printed = new ArrayList<>();
        int received = 0;
        Instant at = day.atStartOfDay(ZONE).toInstant().plus(FIRST_AT);
        for (Item item : items(day)) {
            if (at.isAfter(now)) {
                break;
            }
            received++;
            if (passes(item)) {
                printed.add(new Article(day, received, at, item.leaf()));
            }
            at = at.plus(APART);
        }
        return new Edition(day, received, printed);
    }

    /** The editor. */
    private static boolean passes(Item item) {
        return item.tone() == Tone.GOOD;
    }

    private List<Item> items(LocalDate day) {
        SplittableRandom random = new SplittableRandom(seed ^ day.toEpochDay() * SPREAD);
        List<Item> items = new ArrayList<>();
        int turn = (int) Math.floorMod(day.toEpochDay() + seed, (long) DAYS_KEPT);
        if (turn < written.size()) {
            items.add(new Item(Tone.GOOD, written.get(turn)));
        }
        List<Section> good = new ArrayList<>(stories("good"));
        List<Section> bad = new ArrayList<>(stories("bad"));
        int count = FEWEST_ITEMS + random.nextInt(MORE_ITEMS);
        while (items.size() < count) {
            Tone tone = random.nextInt(ONE_BAD_IN) == 0 && !bad.isEmpty() ? Tone.BAD : Tone.GOOD;
            List<Section> left = tone == Tone.GOOD ? good : bad;
            items.add(new Item(
                    tone, story(random, left.remove(random.nextInt(left.size())).words())));
        }
        return items;
    }

    private List<Section> stories(String kind) {
        return words.stream()
                .filter(section -> section.headings().get(0).equals(kind))
                .toList();
    }

    private Leaf story(SplittableRandom random, List<Bilingual> templates) {
        Filling filling = new Filling(
                pick(random, "place"),
                pick(random, "works"),
                pick(random, "goods"),
                LEAST_PERCENT + random.nextInt(MORE_PERCENT),
                LEAST_COUNT + random.nextInt(MORE_COUNT));
        List<Bilingual> story = templates.stream().map(filling::of).toList();
        List<String> lines = new ArrayList<>();
        lines.add("title: " + story.get(0).english() + " | " + story.get(0).korean());
        lines.add(":en");
        story.subList(1, story.size()).forEach(paragraph -> lines.addAll(List.of(paragraph.english(), "")));
        lines.add(":ko");
        story.subList(1, story.size()).forEach(paragraph -> lines.addAll(List.of(paragraph.korean(), "")));
        return Leaf.parse(lines);
    }

    private Bilingual pick(SplittableRandom random, String list) {
        List<Bilingual> choices = WordFile.words(words, list);
        return choices.get(random.nextInt(choices.size()));
    }

    /** What stands in the gaps of one story. */
    private record Filling(Bilingual place, Bilingual works, Bilingual goods, int percent, int count) {
        Bilingual of(Bilingual template) {
            String english = fill(template.english(), place.english(), works.english(), goods.english());
            boolean named = english.startsWith("{{");
            return new Bilingual(
                    fill(template.korean(), place.korean(), works.korean(), goods.korean()),
                    named ? english : Character.toUpperCase(english.charAt(0)) + english.substring(1));
        }

        private String fill(String template, String place, String works, String goods) {
            return template.replace("{place}", place)
                    .replace("{works}", works)
                    .replace("{goods}", goods)
                    .replace("{percent}", String.valueOf(percent))
                    .replace("{count}", String.valueOf(count));
        }
    }
}
