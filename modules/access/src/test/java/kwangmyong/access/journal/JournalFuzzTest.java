package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.testkit.SeededFuzz;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies where a journal should lie, the lab starts, writes, and can say what is wrong. */
class JournalFuzzTest {
    private static final int LINES = 5_000;
    private static final int FILES = 40;

    @TempDir
    Path state;

    @Tag("fuzz")
    @Test
    void anyLineIsReadOrPassedOver() {
        var seal = new Seal();
        SeededFuzz.of(List.of(firstLine()), LINES).tryAll(input -> {
            Seal.Link link = seal.read(input, 0, input.length);
            long count = EntryParser.parse("lab", new String(input, StandardCharsets.UTF_8))
                    .map(JournalEntry::count)
                    .orElse(0L);
            assertThat(String.valueOf(count)).isNotEmpty();
            assertThat(link == null || link.seq() >= 0).isTrue();
        });
    }

    @Test
    void anyFileIsGoneOnWith() {
        JournalConfig config = JournalConfig.under(state);
        SeededFuzz.of(List.of(lines().getBytes(StandardCharsets.UTF_8)), FILES).tryAll(input -> {
            Files.createDirectories(config.folder());
            Files.write(config.file(), input);
            try (JournalFile journal = JournalFile.open(config, () -> Events.LATTICE, new SettableClock())) {
                journal.force(Events.denied("academic", "after.kp"))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            }
            var reader = new JournalReader(config);
            assertThat(reader.verify().chains().get(0).checkpoint().name()).isEqualTo("HOLDS");
            assertThat(reader.last(JournalQuery.ALL, 1))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.get("resource")).isEqualTo("after.kp A"));
        });
    }

    @Test
    void anyCheckpointIsOneOrNone() throws Exception {
        JournalConfig config = JournalConfig.under(state);
        JournalFile.open(config, () -> Events.LATTICE, new SettableClock()).close();
        byte[] head = Files.readAllBytes(config.head());
        Path other = state.resolve("other.head");
        SeededFuzz.of(List.of(head), 200).tryAll(input -> {
            Files.write(other, input);
            Checkpoint.read(other, JournalKey.publicIn(config.keys()))
                    .ifPresent(checkpoint -> assertThat(checkpoint.seq()).isZero());
        });
    }

    private static byte[] firstLine() {
        return lines().lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    private static String lines() {
        var encoder = new LineEncoder(() -> Events.LATTICE, 200, new LineEncoder.Link(0, Seal.NOTHING_BEFORE));
        var out = new JsonBytes();
        encoder.encode(new Pending(Events.allowed("academic", "namsan.aca.kp"), null), out);
        encoder.encode(new Pending(Events.denied("trader", "평양\u0000.kp"), null), out);
        encoder.encode(new Note(Events.TIME, "journal-left-out", "events", "1 permissions"), out);
        return StandardCharsets.UTF_8.decode(out.asBuffer()).toString();
    }
}
