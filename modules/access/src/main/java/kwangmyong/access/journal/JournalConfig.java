package kwangmyong.access.journal;

import java.nio.file.Path;
import java.time.Duration;
import kwangmyong.access.api.JournalEntry;

/**
 * Where a journal lies and how it is written.
 *
 * @param folder holds {@code journal.jsonl}, its checkpoint {@code journal.head}, closed segments and what recovery set aside; made when missing
 * @param keys holds the checkpoint's Ed25519 key pair; made when missing
 * @param capacity events that may wait for the writer: a power of two, 16 or more
 * @param writeWithin how long an event that nobody waits for may stay in memory, and the window of folding
 * @param checkpointWithin how far the signed checkpoint may lag behind the file
 * @param maxText characters of one field, past which its text is cut
 * @param rotation when a file is closed and another begun
 */
public record JournalConfig(
        Path folder,
        Path keys,
        int capacity,
        Duration writeWithin,
        Duration checkpointWithin,
        int maxText,
        Rotation rotation) {
    public static final int DEFAULT_CAPACITY = 1 << 16;
    public static final Duration DEFAULT_WRITE_WITHIN = Duration.ofMillis(100);
    public static final Duration DEFAULT_CHECKPOINT_WITHIN = Duration.ofSeconds(1);
    public static final int DEFAULT_MAX_TEXT = 8_192;

    private static final int LEAST_CAPACITY = 16;

    /**
     * When a file is closed and another begun, and what becomes of closed ones.
     *
     * @param segmentBytes past which a file is closed
     * @param daily whether one is closed at the end of each day too, in UTC by the lab's clock
     * @param keepBytes how much closed files may take on the disk; past it the oldest are let go. 0 to keep all
     */
    public record Rotation(long segmentBytes, boolean daily, long keepBytes) {
        public static final long LEAST_SEGMENT = 4 << 10;
        public static final long MOST_SEGMENT = 1L << 30;
        public static final Rotation DEFAULT = new Rotation(64 << 20, false, 0);

        public Rotation {
            if (segmentBytes < LEAST_SEGMENT || segmentBytes > MOST_SEGMENT) {
                throw new IllegalArgumentException(
                        "segmentBytes: " + segmentBytes + " (expected: " + LEAST_SEGMENT + "-" + MOST_SEGMENT + ")");
            }
            if (keepBytes < 0) {
                throw new IllegalArgumentException("keepBytes: " + keepBytes + " (expected: 0 or more)");
            }
        }
    }

    public JournalConfig {
        if (capacity < LEAST_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: a power of two, 16 or more)");
        }
        if (maxText < 1 || maxText > DEFAULT_MAX_TEXT) {
            throw new IllegalArgumentException("maxText: " + maxText + " (expected: 1-" + DEFAULT_MAX_TEXT + ")");
        }
        requirePositive("writeWithin", writeWithin);
        requirePositive("checkpointWithin", checkpointWithin);
    }

    /** The defaults, under a lab's state folder. */
    public static JournalConfig under(Path state) {
        return in(state.resolve("journal"), state.resolve("keys"));
    }

    /**
     * The chain of a service that runs as a process of its own, beside this one: a folder under its, with keys under its keys.
     *
     * @param process what it is called, as {@link JournalEntry#isProcess} wants it
     */
    public JournalConfig ofProcess(String process) {
        if (!JournalEntry.isProcess(process) || process.equals(JournalEntry.LAB)) {
            throw new IllegalArgumentException("process: '" + process
                    + "' (expected: lower-case letters, digits, dots, dashes and underscores, 64 at most, and not '"
                    + JournalEntry.LAB + "')");
        }
        return in(folder.resolve(process), keys.resolve("journal").resolve(process))
                .with(rotation);
    }

    private static JournalConfig in(Path folder, Path keys) {
        return new JournalConfig(
                folder,
                keys,
                DEFAULT_CAPACITY,
                DEFAULT_WRITE_WITHIN,
                DEFAULT_CHECKPOINT_WITHIN,
                DEFAULT_MAX_TEXT,
                Rotation.DEFAULT);
    }

    public JournalConfig with(Rotation other) {
        return new JournalConfig(folder, keys, capacity, writeWithin, checkpointWithin, maxText, other);
    }

    /** The lines that are being written. */
    public Path file() {
        return folder.resolve("journal.jsonl");
    }

    /** The signed checkpoint of the last line. */
    public Path head() {
        return folder.resolve("journal.head");
    }

    /** The same once more, beside the key. */
    public Path seen() {
        return keys.resolve("journal.seen");
    }

    /** The signed note of what was let go. */
    Path letGo() {
        return folder.resolve("journal.gone");
    }

    /** What the one who writes holds locked. */
    Path lock() {
        return folder.resolve("journal.lock");
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than nothing)");
        }
    }
}
