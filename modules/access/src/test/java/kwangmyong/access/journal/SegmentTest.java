package kwangmyong.access.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.journal.JournalConfig.Rotation;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a journal are closed, packed and let go, and nothing of it shows to who reads. */
class SegmentTest {
    private static final int LINES = 100;

    @TempDir
    Path state;

    @Test
    void theChainGoesOnOverFilesAndReopenings() throws Exception {
        JournalConfig config = Journals.small(state);
        Journals.write(config, LINES);
        Journals.write(config, LINES);
        assertThat(Journals.closed(config)).hasSizeGreaterThan(10);
        assertThat(Journals.all(config))
                .extracting(JournalEntry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2 * LINES).boxed().toList());
        assertThat(Journals.check(config).lines()).isEqualTo(2 * LINES);
        Journals.assertWhole(config);
    }

    @Test
    void aPackedFileIsGzipThatOtherProgramsRead() throws Exception {
        JournalConfig config = Journals.small(state);
        Journals.write(config, LINES);
        List<JournalEntry> all = Journals.all(config);
        try (InputStream in = new GZIPInputStream(
                Files.newInputStream(Journals.closed(config).get(0).packed()))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSizeGreaterThan(5);
            assertThat(lines)
                    .isEqualTo(all.subList(0, lines.size()).stream()
                            .map(JournalEntry::json)
                            .toList());
        }
    }

    @Test
    void anOldJournalOfOneFileIsTakenOver() throws Exception {
        JournalConfig config = JournalConfig.under(state);
        Journals.write(config, 30);
        JournalKey key = JournalKey.in(config.keys());
        String last = requireNonNull(Journals.all(config).get(29).get("id"));
        SignedNote.write(
                config.head(),
                "checkpoint",
                "{\"seq\":30,\"id\":\"" + last + "\",\"bytes\":" + Files.size(config.file()),
                key);
        Files.delete(config.seen());
        Journals.assertWhole(config);
        Journals.write(config.with(Journals.SMALL), 30);
        assertThat(Journals.all(config)).hasSize(60);
        assertThat(Journals.closed(config)).isNotEmpty();
        Journals.assertWhole(config);
    }

    @Test
    void aFileIsClosedWithTheLabsDay() throws Exception {
        JournalConfig config = JournalConfig.under(state).with(new Rotation(Rotation.DEFAULT.segmentBytes(), true, 0));
        try (JournalFile journal = Journals.open(config)) {
            for (int day = 0; day < 3; day++) {
                for (int i = 0; i < 2; i++) {
                    Journals.force(
                            journal,
                            new Event(
                                    Events.TIME.plus(Duration.ofDays(day)),
                                    Layer.CONSOLE,
                                    null,
                                    "clock",
                                    "day " + day,
                                    null,
                                    null,
                                    0));
                }
            }
            assertThat(Journals.closed(config)).hasSize(2);
        }
        assertThat(Files.readAllLines(config.file())).hasSize(2).allMatch(line -> line.contains("day 2"));
        Journals.assertWhole(config);
    }

    @Test
    void theOldestAreLetGoWithASignedNoteAndALine() throws Exception {
        long keep = 3_000;
        JournalConfig config = JournalConfig.under(state).with(new Rotation(Rotation.LEAST_SEGMENT, false, keep));
        try (JournalFile journal = Journals.open(config)) {
            for (int i = 0; i < LINES; i++) {
                Journals.force(journal, Events.allowed("academic", "n" + i + ".kp"));
            }
            Journals.awaitPacked(config);
            await().until(() -> sizeOfClosed(config) <= keep);
        }
        var check = Journals.check(config);
        assertThat(check.letGo()).isGreaterThan(20);
        assertThat(check.lines() + check.letGo())
                .isEqualTo(Journals.all(config).get((int) check.lines() - 1).seq());
        Journals.assertWhole(config);
        assertThat(new JournalReader(config).last(JournalQuery.ALL.where("action", "journal-let-go"), 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("detail")).contains("were let go"));
        Journals.write(config, 5);
        Journals.assertWhole(config);
    }

    private static long sizeOfClosed(JournalConfig config) throws IOException {
        long size = 0;
        for (Segment segment : Journals.closed(config)) {
            size += Files.exists(segment.file()) ? Files.size(segment.file()) : 0;
        }
        return size;
    }

    @Test
    void whatIsLetGoWithoutTheSignedNoteShows() throws Exception {
        JournalConfig config = JournalConfig.under(state).with(new Rotation(Rotation.LEAST_SEGMENT, false, 3_000));
        Journals.write(config, LINES);
        await().untilAsserted(() -> assertThat(config.letGo()).exists());
        Files.delete(config.letGo());
        assertThat(Journals.check(config).faults())
                .anySatisfy(fault -> assertThat(fault.what()).contains("missing"));
        assertThat(Journals.check(config).checkpoint()).isEqualTo(CheckpointState.HOLDS);
    }

    @Test
    void aFileWhoseLinesDoNotHoldIsNotPackedButLeftAsEvidence() throws Exception {
        JournalConfig config = JournalConfig.under(state);
        Journals.write(config, 20);
        String text = Files.readString(config.file());
        Files.writeString(config.file(), text.replace("n3.kp", "n4.kp"));
        Journals.write(config.with(Journals.SMALL), 0);
        try (JournalFile journal = Journals.open(config.with(Journals.SMALL))) {
            Journals.force(journal, Events.allowed("academic", "after.kp"));
            Segment first = Journals.closed(config).get(0);
            assertThat(first.plain()).exists();
        }
        assertThat(Journals.check(config).faults())
                .anySatisfy(fault -> assertThat(fault)
                        .hasToString("000001.jsonl, line 4: it was altered: its id does not fit what it says"));
    }
}
