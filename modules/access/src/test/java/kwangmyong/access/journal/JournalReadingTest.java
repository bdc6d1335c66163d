package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalPage;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView.Following;
import kwangmyong.access.api.JournalView.Order;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading by the index gives what reading everything gives, both ways, in pages, and while the journal grows. */
class JournalReadingTest {
    private static final List<String> SUBJECTS = List.of("academic", "trader", "leader", "평양\"\\\n\u202e");

    @TempDir
    Path state;

    @Test
    void everyQueryFindsWhatANaiveSearchFinds() throws Exception {
        JournalConfig config = Journals.small(state);
        long seed = Long.getLong("kwm.fuzz.seed", 11);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        writeRandom(config, random, 300);
        List<JournalEntry> all = naive(config);
        assertThat(all).hasSizeGreaterThanOrEqualTo(300);
        var reader = new JournalReader(config);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            JournalQuery query = randomQuery(random);
            List<JournalEntry> expected = all.stream().filter(query::matches).toList();
            List<JournalEntry> forward = new ArrayList<>();
            reader.read(query, forward::add);
            assertThat(forward).as("%s", query).isEqualTo(expected);
            assertThat(reader.last(query, Integer.MAX_VALUE)).as("%s", query).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).isGreaterThan(1_000);
    }

    private static void writeRandom(JournalConfig config, Random random, int count) throws Exception {
        try (JournalFile journal = Journals.open(config)) {
            for (int i = 0; i < count; i++) {
                String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
                String name = "n" + random.nextInt(40) + ".kp";
                Event event = random.nextInt(4) == 0
                        ? Events.denied(subject, name)
                        : random.nextInt(4) == 0
                                ? new Event(
                                        Events.TIME.plusMillis(i * 10L + random.nextInt(50)),
                                        Layer.GATEWAY,
                                        null,
                                        "fetch",
                                        "GET http://" + name + "/a,b\u0007",
                                        null,
                                        "d" + random.nextInt(3),
                                        random.nextInt(100))
                                : Events.allowed(subject, name);
                Journals.force(journal, event);
            }
            Journals.awaitPacked(config);
        }
    }

    /** Every line, by the JSON parser alone. */
    private static List<JournalEntry> naive(JournalConfig config) throws Exception {
        List<JournalEntry> all = new ArrayList<>();
        for (Segment segment : Journals.closed(config)) {
            try (var in = new GZIPInputStream(Files.newInputStream(segment.packed()))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> all.add(EntryParser.parse("lab", line).orElseThrow()));
            }
        }
        for (String line : Files.readAllLines(config.file())) {
            all.add(EntryParser.parse("lab", line).orElseThrow());
        }
        return all;
    }

    private static JournalQuery randomQuery(Random random) {
        List<String> matches = List.of(
                "verdict=deny",
                "verdict=",
                "verdict!=deny",
                "subject=academic",
                "subject=academic,trader",
                "subject=nobody",
                "subject~*am*",
                "subject!~a*",
                "subject=",
                "subject=평양\"\\\\\n\u202e",
                "service=dns",
                "host=n7.kp",
                "host=n7.kp,n9.kp",
                "host~n1*.kp",
                "host=N7.KP",
                "resource=n3.kp A",
                "resource=GET http://n3.kp/a\\,b\u0007",
                "resource~GET*",
                "detail=d1",
                "detail!=",
                "code=no-rule",
                "rule=library-reading",
                "action=resolve",
                "seq>=200",
                "seq<50",
                "elapsed_us>50",
                "process=lab",
                "process!=lab");
        List<JournalMatch> where = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            where.add(JournalMatch.parse(matches.get(random.nextInt(matches.size()))));
        }
        Instant since = random.nextInt(3) == 0 ? Events.TIME.plusNanos(random.nextLong(3_000_000_000L)) : null;
        Instant until = random.nextInt(3) == 0 ? Events.TIME.plusNanos(random.nextLong(3_000_000_000L)) : null;
        return new JournalQuery(where, since, until);
    }

    @Test
    void pagesGoOnBothWaysWithoutAGapOrALineTwice() throws Exception {
        JournalConfig config = Journals.small(state);
        Journals.write(config, 95);
        var reader = new JournalReader(config);
        List<Long> seen = new ArrayList<>();
        JournalPage page = reader.page(JournalQuery.ALL, Order.NEWEST_FIRST, null, 10);
        JournalCursor newest = page.newer();
        while (true) {
            page.entries().forEach(entry -> seen.add(entry.seq()));
            if (!page.hasMore()) {
                break;
            }
            page = reader.page(
                    JournalQuery.ALL,
                    Order.NEWEST_FIRST,
                    JournalCursor.parse(page.older().toString()),
                    10);
        }
        Collections.reverse(seen);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 95).boxed().toList());
        Journals.write(config, 3);
        assertThat(reader.page(JournalQuery.ALL, Order.OLDEST_FIRST, newest, 10).entries())
                .extracting(JournalEntry::seq)
                .containsExactly(96L, 97L, 98L);
        JournalPage middle = reader.page(JournalQuery.ALL, Order.OLDEST_FIRST, JournalCursor.of(40), 5);
        assertThat(middle.entries()).extracting(JournalEntry::seq).containsExactly(41L, 42L, 43L, 44L, 45L);
        assertThat(reader.page(JournalQuery.ALL, Order.NEWEST_FIRST, middle.older(), 2)
                        .entries())
                .extracting(JournalEntry::seq)
                .containsExactly(40L, 39L);
    }

    @Test
    void followingGoesOnOverFilesAndFromAnyPlace() throws Exception {
        JournalConfig config = Journals.small(state);
        Journals.write(config, 25);
        var reader = new JournalReader(config);
        List<Long> seen = new ArrayList<>();
        JournalCursor broken;
        try (JournalFile journal = Journals.open(config);
                Following following = reader.follow(JournalQuery.ALL, JournalCursor.of(7))) {
            while (seen.size() < 30) {
                if (seen.size() == 10) {
                    for (int i = 0; i < 45; i++) { // several files while nobody looks
                        Journals.force(journal, Events.allowed("academic", "f" + i + ".kp"));
                    }
                }
                JournalEntry entry = following.next(Duration.ofSeconds(5));
                assertThat(entry).isNotNull();
                seen.add(entry.seq());
            }
            broken = JournalCursor.parse(following.position().toString());
        }
        try (Following following = reader.follow(JournalQuery.ALL, broken)) {
            JournalEntry entry;
            while ((entry = following.next(Duration.ofMillis(200))) != null) {
                seen.add(entry.seq());
            }
            assertThat(following.position()).isEqualTo(JournalCursor.of(70));
        }
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(8, 70).boxed().toList());
    }

    @Test
    void chainsOfSeveralProcessesAreOneJournalByTime() throws Exception {
        JournalConfig config = Journals.small(state);
        JournalConfig gateway = config.ofProcess("gateway-1");
        writeTimed(config, 0, 4);
        writeTimed(gateway, 1, 4);
        var reader = new JournalReader(config);
        List<JournalEntry> all = reader.last(JournalQuery.ALL, 100);
        assertThat(all)
                .extracting(entry -> entry.process() + " " + entry.get("resource"))
                .containsExactly(
                        "lab t0",
                        "gateway-1 t1",
                        "lab t4",
                        "gateway-1 t5",
                        "lab t8",
                        "gateway-1 t9",
                        "lab t12",
                        "gateway-1 t13");
        assertThat(reader.last(JournalQuery.ALL.where("process", "gateway-1"), 100))
                .hasSize(4);
        JournalPage page = reader.page(JournalQuery.ALL, Order.OLDEST_FIRST, null, 3);
        assertThat(page.newer()).hasToString("gateway-1:1,lab:2");
        assertThat(reader.page(JournalQuery.ALL, Order.OLDEST_FIRST, page.newer(), 100)
                        .entries())
                .isEqualTo(all.subList(3, 8));
        assertThat(reader.verify().chains()).hasSize(2).allMatch(chain -> chain.isWhole() && chain.lines() == 4);
        Files.writeString(gateway.file(), Files.readString(gateway.file()).replace("t5", "t6"));
        assertThat(reader.verify().faults())
                .first()
                .hasToString("gateway-1/journal.jsonl, line 2: it was altered: its id does not fit what it says");
    }

    private static void writeTimed(JournalConfig config, int first, int count) throws Exception {
        try (JournalFile journal = Journals.open(config)) {
            for (int i = 0; i < count; i++) {
                int second = first + 4 * i;
                Journals.force(
                        journal,
                        new Event(
                                Events.TIME.plusSeconds(second),
                                Layer.CONSOLE,
                                null,
                                "tick",
                                "t" + second,
                                null,
                                null,
                                0));
            }
        }
    }
}
