package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves is mended and said; what an intruder does shows, and keeps showing. */
class JournalDamageTest {
    private static final int LINES = 10;

    @TempDir
    Path state;

    private JournalConfig config = JournalConfig.under(Path.of("."));

    @BeforeEach
    void writeLines() throws Exception {
        config = JournalConfig.under(state);
        append(LINES);
    }

    @Test
    void anAlteredLineShows() throws Exception {
        rewrite(lines -> lines.set(4, lines.get(4).replace("\"verdict\":\"allow\"", "\"verdict\":\"deny\"")));
        assertFault(5, "altered");
    }

    @Test
    void anAlteredTimeShows() throws Exception {
        rewrite(lines -> lines.set(4, lines.get(4).replace("09:00:00.123Z", "09:00:00.124Z")));
        assertFault(5, "altered");
    }

    @Test
    void aMissingLineShows() throws Exception {
        rewrite(lines -> lines.remove(4));
        assertFault(5, "before it a line is missing");
        assertThat(chain().checkpoint()).isEqualTo(CheckpointState.CUT_OFF);
    }

    @Test
    void exchangedLinesShow() throws Exception {
        rewrite(lines -> lines.set(4, lines.set(5, lines.get(4))));
        assertFault(5, "missing");
    }

    @Test
    void aRepeatedLineShows() throws Exception {
        rewrite(lines -> lines.add(4, lines.get(3)));
        assertFault(5, "its number is 4 though that of the line before is 4");
    }

    @Test
    void aLineOfSomebodyElsesShows() throws Exception {
        rewrite(lines -> lines.set(4, "{\"seq\":5,\"verdict\":\"allow\"}"));
        assertFault(5, "does not have the form");
    }

    @Test
    void cutOffLinesShow() throws Exception {
        rewrite(lines -> lines.subList(7, LINES).clear());
        JournalCheck.Chain found = chain();
        assertThat(found.faults()).isEmpty();
        assertThat(found.checkpoint()).isEqualTo(CheckpointState.CUT_OFF);
        assertThat(found.isWhole()).isFalse();
    }

    @Test
    void aCutThatIsWrittenOverKeepsShowing() throws Exception {
        rewrite(lines -> lines.subList(7, LINES).clear());
        append(5);
        assertFault(8, "before it 3 lines are missing");
        assertThat(read("journal-damaged")).singleElement().asString().contains("was cut off", "line 10", "line 7");
    }

    @Test
    void aRemovedJournalShows() throws Exception {
        Files.delete(config.file());
        assertThat(chain().checkpoint()).isEqualTo(CheckpointState.CUT_OFF);
        append(1);
        assertFault(1, "before it 10 lines are missing");
    }

    @Test
    void aForgedOrMissingCheckpointShows() throws Exception {
        String head = Files.readString(config.head());
        Files.writeString(config.head(), head.replace("\"seq\":10", "\"seq\":9"));
        assertThat(chain().checkpoint()).isEqualTo(CheckpointState.MISSING);
        Files.delete(config.head());
        assertThat(chain().checkpoint()).isEqualTo(CheckpointState.MISSING);
        append(1);
        assertThat(read("journal-unsigned")).hasSize(1);
        assertThat(verify().isWhole()).isTrue();
    }

    @Test
    void halfALineIsSetAsideAndSaid() throws Exception {
        String half = "{\"seq\":11,\"time\":\"2026-03-01T09:0";
        Files.writeString(config.file(), half, StandardOpenOption.APPEND);
        assertThat(chain().tornBytes()).isEqualTo(half.length());
        assertThat(verify().isWhole()).isTrue();
        append(1);
        assertThat(verify().isWhole()).isTrue();
        assertThat(Files.readString(config.folder().resolve("journal.torn-1"))).isEqualTo(half);
        assertThat(read("journal-torn")).singleElement().asString().contains("journal.torn-1");
    }

    @Test
    void aBlockThatNeverReachedTheDiskIsSetAside() throws Exception {
        Files.write(config.file(), new byte[4096], StandardOpenOption.APPEND);
        Files.writeString(config.file(), "\n{}\n", StandardOpenOption.APPEND);
        append(2);
        assertThat(verify().isWhole()).isTrue();
        assertThat(Files.size(config.folder().resolve("journal.torn-1"))).isEqualTo(4100);
    }

    @Test
    void anyByteChangedInAnyLineShowsUnlessItIsAMeasuredTime() throws Exception {
        byte[] good = Files.readAllBytes(config.file());
        long seed = Long.getLong("kwm.fuzz.seed", 7);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(config.file(), bad);
            String before = new String(good, 0, at, StandardCharsets.ISO_8859_1);
            boolean measured = before.matches("(?s).*\"elapsed_us\":\\d*");
            assertThat(verify().isWhole()).as("byte %d", at).isEqualTo(measured && Character.isDigit(bad[at]));
        }
    }

    private void append(int count) throws Exception {
        try (JournalFile journal = JournalFile.open(config, () -> Events.LATTICE, new SettableClock())) {
            for (int i = 0; i < count; i++) {
                journal.force(Events.allowed("academic", i + ".kp"))
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS);
            }
        }
    }

    private interface Change {
        void apply(List<String> lines);
    }

    private void rewrite(Change change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(config.file()));
        change.apply(lines);
        Files.write(config.file(), lines);
    }

    private JournalCheck verify() throws IOException {
        return new JournalReader(config).verify();
    }

    private JournalCheck.Chain chain() throws IOException {
        return verify().chains().get(0);
    }

    private void assertFault(long line, String why) throws IOException {
        JournalCheck found = verify();
        assertThat(found.isWhole()).isFalse();
        assertThat(found.faults()).first().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.what()).contains(why);
        });
    }

    private List<String> read(String action) throws IOException {
        return new JournalReader(config)
                .last(JournalQuery.ALL.where("action", action), 10).stream()
                        .map(entry -> String.valueOf(entry.get("detail")))
                        .toList();
    }
}
