package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.journal.JournalConfig.Rotation;
import kwangmyong.kernel.journal.Event;
import kwangmyong.testkit.SettableClock;

/** Journals of small files, as tests need them. */
final class Journals {
    /** Closed after about ten lines. */
    static final Rotation SMALL = new Rotation(Rotation.LEAST_SEGMENT, false, 0);

    private Journals() {}

    static JournalConfig small(Path state) {
        return JournalConfig.under(state).with(SMALL);
    }

    /** Writes lines one by one, waits until every closed file is packed, and closes the journal. */
    static void write(JournalConfig config, int count) throws Exception {
        try (JournalFile journal = open(config)) {
            for (int i = 0; i < count; i++) {
                force(journal, Events.allowed(i % 3 == 0 ? "trader" : "academic", "n" + i + ".kp"));
            }
            awaitPacked(config);
        }
    }

    static JournalFile open(JournalConfig config) throws IOException {
        return JournalFile.open(config, () -> Events.LATTICE, new SettableClock());
    }

    static void force(JournalFile journal, Event event) throws Exception {
        journal.force(event).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static void awaitPacked(JournalConfig config) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> closed(config).stream().noneMatch(segment -> Files.exists(segment.plain())));
    }

    static List<Segment> closed(JournalConfig config) {
        try {
            return new SegmentFolder(config).closed();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static JournalCheck.Chain check(JournalConfig config) throws IOException {
        return new JournalReader(config).verify().chains().get(0);
    }

    static void assertWhole(JournalConfig config) throws IOException {
        JournalCheck.Chain check = check(config);
        assertThat(check.isWhole()).as("%s", check).isTrue();
    }

    static List<JournalEntry> all(JournalConfig config) throws IOException {
        return new JournalReader(config).last(JournalQuery.ALL, Integer.MAX_VALUE);
    }
}
