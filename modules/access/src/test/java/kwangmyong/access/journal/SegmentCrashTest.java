package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever moment of closing or packing a file a crash comes at, no line is lost or doubled, and nothing looks like a fault. */
class SegmentCrashTest {
    private static final int LINES = 30;

    @TempDir
    Path state;

    private JournalConfig config = JournalConfig.under(Path.of("."));
    private final Map<Path, byte[]> before = new HashMap<>();

    /** A journal of one open file; what it consists of is kept. */
    @BeforeEach
    void writeOneFile() throws Exception {
        config = JournalConfig.under(state);
        Journals.write(config, LINES);
        for (Path file : List.of(config.file(), config.head(), config.seen())) {
            before.put(file, Files.readAllBytes(file));
        }
    }

    /** Has the file closed, and everything done that is to be done. */
    private Segment close() throws Exception {
        try (JournalFile journal = Journals.open(config.with(Journals.SMALL))) {
            Journals.force(journal, Events.allowed("academic", "next.kp"));
            Journals.awaitPacked(config);
        }
        return Journals.closed(config).get(0);
    }

    private void back(Path file) throws Exception {
        Files.write(file, before.get(file));
    }

    private void unpack(Segment segment) throws Exception {
        try (var in = new GZIPInputStream(Files.newInputStream(segment.packed()))) {
            Files.write(segment.plain(), in.readAllBytes());
        }
    }

    private void goesOn(int lines) throws Exception {
        Journals.assertWhole(config);
        Journals.write(config.with(Journals.SMALL), 3);
        Journals.assertWhole(config);
        assertThat(Journals.all(config)).hasSize(lines + 3);
    }

    @Test
    void afterTheSignedEndAndBeforeTheNewName() throws Exception {
        Segment closed = close();
        unpack(closed);
        Files.move(closed.plain(), config.file(), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(closed.packed());
        Files.delete(closed.index());
        back(config.head());
        back(config.seen());
        goesOn(LINES);
    }

    @Test
    void afterTheNewNameAndBeforeTheNextFile() throws Exception {
        Segment closed = close();
        unpack(closed);
        Files.delete(closed.packed());
        Files.delete(closed.index());
        Files.delete(config.file());
        back(config.head());
        back(config.seen());
        goesOn(LINES);
    }

    @Test
    void afterTheNextFileAndBeforeItsCheckpoint() throws Exception {
        close();
        Files.write(config.file(), new byte[0]);
        back(config.head());
        back(config.seen());
        goesOn(LINES);
    }

    @Test
    void betweenTheTwoCheckpoints() throws Exception {
        close();
        back(config.seen());
        goesOn(LINES + 1);
    }

    @Test
    void withinPacking() throws Exception {
        Segment closed = close();
        unpack(closed);
        Files.write(
                closed.packed().resolveSibling(closed.packed().getFileName() + ".new"),
                Arrays.copyOf(Files.readAllBytes(closed.packed()), 100));
        Files.delete(closed.packed());
        Files.delete(closed.index());
        goesOn(LINES + 1);
        assertThat(closed.plain()).doesNotExist();
    }

    @Test
    void betweenTheIndexAndThePackedFile() throws Exception {
        Segment closed = close();
        unpack(closed);
        Files.delete(closed.packed());
        goesOn(LINES + 1);
        assertThat(closed.packed()).exists();
    }

    @Test
    void betweenThePackedFileAndTheEndOfThePlainOne() throws Exception {
        Segment closed = close();
        unpack(closed);
        goesOn(LINES + 1);
        assertThat(closed.plain()).doesNotExist();
    }

    @Test
    void whatStandsInThePlaceOfAPackedFileIsNotBelievedWhileThePlainOneIsThere() throws Exception {
        Segment closed = close();
        unpack(closed);
        Files.write(closed.packed(), Member.pack(new byte[] {'x', '\n'}, 0, 2));
        Journals.write(config.with(Journals.SMALL), 3);
        Journals.assertWhole(config);
        assertThat(Journals.all(config)).hasSize(LINES + 1 + 3);
    }
}
