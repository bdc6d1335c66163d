package kwangmyong.access.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.Chain;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.journal.JournalConfig.Rotation;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private final SettableClock clock = new SettableClock();

    @TempDir
    Path state;

    @Test
    void writesALineAsTheDesignShowsIt() throws Exception {
        try (JournalFile journal = open()) {
            force(journal, Events.denied("academic", "dailynk.com"));
        }
        assertThat(lines())
                .singleElement()
                .asString()
                .matches(
                        "\\{\"seq\":1,\"time\":\"2026-03-01T09:00:00.123Z\",\"id\":\"[0-9a-f]{32}\",\"prev\":\"0{32}\",\"service\":\"dns\","
                                + "\"subject\":\"academic\",\"terminal\":\"10.76.20.\\d+\",\"attachment\":null,\"action\":\"resolve\",\"resource\":\"dailynk.com"
                                + " A\",\"verdict\":\"deny\",\"rule\":\"default\",\"reason\":\"no rule allows it\","
                                + "\"code\":\"no-rule\",\"needed\":null,\"held\":\"cleared\\+library\\+news\\+mail\","
                                + "\"presentation\":\"nxdomain\",\"policy\":\"0123456789abcdef\",\"elapsed_us\":14}");
        assertThat(verify().isWhole()).isTrue();
    }

    @Test
    void foldsEqualNeighboursOfATerminalAndKeepsTheirOrder() {
        Batch batch = new Batch();
        Stream.of(
                        Events.allowed("academic", "namsan.aca.kp"),
                        Events.denied("trader", "dailynk.com"),
                        Events.allowed("academic", "namsan.aca.kp"),
                        Events.denied("academic", "dailynk.com"),
                        Events.allowed("academic", "namsan.aca.kp"))
                .forEach(event -> batch.add(new Pending(event, null)));
        assertThat(batch.lines())
                .extracting(line -> requireNonNull(line.event.who()).subject()
                        + (line.isDenial() ? " deny " : " allow ")
                        + line.count())
                .containsExactly("academic allow 2", "trader deny 1", "academic deny 1", "academic allow 1");
        assertThat(batch.folded()).isEqualTo(1);
    }

    @Test
    void neverFoldsWhatIsForced() throws Exception {
        try (JournalFile journal = open()) {
            CompletableFuture.allOf(
                            journal.force(Events.allowed("academic", "a.kp")).toCompletableFuture(),
                            journal.force(Events.allowed("academic", "a.kp")).toCompletableFuture())
                    .get(5, TimeUnit.SECONDS);
        }
        assertThat(lines()).hasSize(2);
    }

    @Test
    void theChainGoesOnAfterAReopening() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (JournalFile journal = open()) {
                force(journal, Events.allowed("academic", i + ".kp"));
            }
        }
        assertThat(verify().chains())
                .containsExactly(new Chain(JournalEntry.LAB, 1, 3, List.of(), 0, 0, 0, CheckpointState.HOLDS));
    }

    @Test
    void hostileTextStaysOnItsLineAndReadsBack() throws Exception {
        String hostile = "a\"b\\c\nd\u0000e\u001b[2Jf\u202eg\ud800h\ud83d\ude00i\u0085j평양k\u2028" + "}\n{\"seq\":2";
        try (JournalFile journal = open()) {
            force(journal, Events.denied("academic", hostile));
            force(journal, Events.denied("academic", "x".repeat(20_000)));
        }
        assertThat(lines()).hasSize(2);
        String first = lines().get(0);
        assertThat(first.chars().filter(c -> c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x202e || c == 0x2028))
                .isEmpty();
        assertThat(reader().last(JournalQuery.ALL, 2).get(0).get("resource")).isEqualTo(hostile + " A");
        assertThat(reader().last(JournalQuery.ALL, 1).get(0).get("resource"))
                .endsWith("x…(+11810)")
                .hasSize(8192 + 9);
        assertThat(verify().isWhole()).isTrue();
    }

    @Test
    void anEventThatCannotBePrintedIsRefusedAndCounted() throws Exception {
        Object unprintable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        try (JournalFile journal = open()) {
            var event = new Event(Events.TIME, Layer.CONSOLE, null, "start", unprintable, null, null, 0);
            assertThatThrownBy(() -> force(journal, event)).hasRootCauseMessage("no text");
            force(journal, Events.allowed("academic", "a.kp"));
        }
        assertThat(verify().isWhole()).isTrue();
        assertThat(reader().last(new JournalQuery(List.of(), null, null).where("action", "journal-left-out"), 1))
                .singleElement()
                .satisfies(e -> assertThat(e.get("detail")).startsWith("1 permissions and 0 denials"));
    }

    @Test
    void oneProcessWritesAtATime() throws Exception {
        try (JournalFile journal = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open in this process already");
            force(journal, Events.allowed("academic", "a.kp"));
        }
    }

    @Test
    void forcingAfterTheCloseFails() throws Exception {
        JournalFile journal = open();
        journal.close();
        journal.close();
        assertThatThrownBy(() -> force(journal, Events.allowed("academic", "a.kp")))
                .hasRootCauseMessage("the journal is closed");
    }

    @Test
    void whenThereIsNoRoomPermissionsAreLeftOutBeforeDenialsAndBothAreCounted() throws Exception {
        var small = new JournalConfig(
                state.resolve("journal"),
                state.resolve("keys"),
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                100,
                Rotation.DEFAULT);
        var gate = new StubbornDisk();
        JournalFile journal = over(gate, small);
        gate.stall();
        CompletableFuture<Void> stalled =
                journal.force(Events.allowed("leader", "first.kp")).toCompletableFuture();
        gate.awaitStalled();
        for (int i = 0; i < 20; i++) {
            journal.record(Events.allowed("academic", i + ".kp"));
        }
        for (int i = 0; i < 20; i++) {
            journal.record(Events.denied("academic", i + ".kp"));
        }
        CompletableFuture<Void> late =
                journal.force(Events.allowed("leader", "second.kp")).toCompletableFuture();
        gate.goOn();
        stalled.get(5, TimeUnit.SECONDS);
        late.get(5, TimeUnit.SECONDS);
        journal.close();
        assertThat(journal.health().permissionsLeftOut()).isEqualTo(20 - 12);
        assertThat(journal.health().denialsLeftOut()).isEqualTo(20 - 2);
        assertThat(gate.text()).contains("8 permissions and 18 denials were left out");
    }

    @Test
    void aFullDiskRefusesWhatMustBeForcedAndSaysSoWhenThereIsRoomAgain() throws Exception {
        var disk = new StubbornDisk();
        JournalFile journal = over(disk, JournalConfig.under(state));
        force(journal, Events.allowed("academic", "before.kp"));
        disk.fillUpAfter(100);
        assertThatThrownBy(() -> force(journal, Events.allowed("academic", "full.kp")))
                .hasRootCauseMessage("No space left on device");
        journal.record(Events.denied("academic", "lost.kp"));
        assertThatThrownBy(() -> force(journal, Events.allowed("academic", "full.kp")))
                .isInstanceOf(ExecutionException.class);
        assertThat(journal.health().failure()).isEqualTo("No space left on device");
        disk.makeRoom();
        force(journal, Events.allowed("academic", "after.kp"));
        journal.close();
        assertThat(journal.health().failure()).isNull();
        assertThat(disk.text().lines().toList()).hasSize(3).allMatch(line -> line.endsWith("}"));
        assertThat(disk.text()).contains("before.kp", "after.kp", "2 permissions and 1 denials were left out");
        Files.writeString(JournalConfig.under(state).file(), disk.text());
        assertThat(verify().isWhole()).isTrue();
    }

    @Test
    void followsLinesAsTheyAreWritten() throws Exception {
        try (JournalFile journal = open()) {
            force(journal, Events.allowed("academic", "earlier.kp"));
            try (var following = reader().follow(JournalQuery.ALL.where("verdict", "deny"))) {
                assertThat(following.next(Duration.ofMillis(1))).isNull();
                journal.record(Events.allowed("academic", "a.kp"));
                journal.record(Events.denied("academic", "b.kp"));
                JournalEntry entry = following.next(Duration.ofSeconds(5));
                assertThat(entry).isNotNull();
                assertThat(entry.get("resource")).isEqualTo("b.kp A");
            }
        }
    }

    private JournalFile open() throws IOException {
        return JournalFile.open(JournalConfig.under(state), () -> Events.LATTICE, clock);
    }

    private JournalFile over(Disk disk, JournalConfig config) throws IOException {
        Files.createDirectories(config.folder());
        var encoder =
                new LineEncoder(() -> Events.LATTICE, config.maxText(), new LineEncoder.Link(0, Seal.NOTHING_BEFORE));
        var checkpoints = new Checkpoints(config.head(), config.seen(), JournalKey.in(config.keys()));
        var live = new LiveSegment(config, disk, 1, encoder.last(), checkpoints, () -> {});
        return new JournalFile(config, live, encoder, clock).started(List.of());
    }

    private JournalReader reader() {
        return new JournalReader(JournalConfig.under(state));
    }

    private JournalCheck verify() throws IOException {
        return reader().verify();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(JournalConfig.under(state).file(), StandardCharsets.UTF_8);
    }

    private static void force(JournalFile journal, Event event) throws Exception {
        journal.force(event).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /** A disk in memory that can be full, or stall. */
    private static final class StubbornDisk implements Disk {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean stalling;
        private volatile int room = Integer.MAX_VALUE;

        void stall() {
            stalling = true;
        }

        void awaitStalled() throws InterruptedException {
            assertThat(stalled.await(5, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            released.countDown();
        }

        void fillUpAfter(int bytes) {
            room = bytes;
        }

        void makeRoom() {
            room = Integer.MAX_VALUE;
        }

        synchronized String text() {
            return written.toString(StandardCharsets.UTF_8);
        }

        @Override
        public synchronized long size() {
            return written.size();
        }

        @Override
        public synchronized void append(ByteBuffer bytes) throws IOException {
            byte[] some = new byte[Math.min(room, bytes.remaining())];
            bytes.get(some);
            written.writeBytes(some);
            if (bytes.hasRemaining()) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            if (stalling) {
                stalled.countDown();
                try {
                    if (!released.await(5, TimeUnit.SECONDS)) {
                        throw new IOException("stalled");
                    }
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
            }
        }

        @Override
        public synchronized void truncate(long size) {
            byte[] kept = Arrays.copyOf(written.toByteArray(), (int) size);
            written.reset();
            written.writeBytes(kept);
        }

        @Override
        public void close() {}
    }
}
