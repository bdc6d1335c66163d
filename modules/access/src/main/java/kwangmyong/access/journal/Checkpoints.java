package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Where a writer leaves its checkpoints. */
record Checkpoints(Path file, JournalKey key) {
    void write(LineEncoder.Link last, long bytes) throws IOException {
        new Checkpoint(last.seq(), last.id(), bytes).write(file, key);
    }
}
