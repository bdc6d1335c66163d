package kwangmyong.access.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a journal lies and how it is written.
 *
 * @param folder holds {@code journal.jsonl}, its checkpoint {@code journal.head} and what recovery set aside; made when missing
 * @param keys holds the checkpoint's Ed25519 key pair; made when missing
 * @param capacity events that may wait for the writer: a power of two, 16 or more
 * @param writeWithin how long an event that nobody waits for may stay in memory, and the window of folding
 * @param checkpointWithin how far the signed checkpoint may lag behind the file
 * @param maxText characters of one field, past which its text is cut
 */
public record JournalConfig(
        Path folder, Path keys, int capacity, Duration writeWithin, Duration checkpointWithin, int maxText) {
    public static final int DEFAULT_CAPACITY = 1 << 16;
    public static final Duration DEFAULT_WRITE_WITHIN = Duration.ofMillis(100);
    public static final Duration DEFAULT_CHECKPOINT_WITHIN = Duration.ofSeconds(1);
    public static final int DEFAULT_MAX_TEXT = 8_192;

    private static final int LEAST_CAPACITY = 16;

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
        return new JournalConfig(
                state.resolve("journal"),
                state.resolve("keys"),
                DEFAULT_CAPACITY,
                DEFAULT_WRITE_WITHIN,
                DEFAULT_CHECKPOINT_WITHIN,
                DEFAULT_MAX_TEXT);
    }

    /** The lines. */
    public Path file() {
        return folder.resolve("journal.jsonl");
    }

    /** The signed checkpoint of the last line. */
    public Path head() {
        return folder.resolve("journal.head");
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than nothing)");
        }
    }
}
