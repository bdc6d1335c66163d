package kwangmyong.access.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a writer leaves its checkpoints: beside the lines, and then once more beside the key. Whoever puts back an older journal with its older
 * checkpoint is told by the second, unless he reaches the keys too.
 *
 * @param head beside the lines
 * @param seen beside the key
 */
record Checkpoints(Path head, Path seen, JournalKey key) {
    void write(int segment, LineEncoder.Link last, long bytes) throws IOException {
        var checkpoint = new Checkpoint(segment, last.seq(), last.id(), bytes);
        checkpoint.write(head, key);
        checkpoint.write(seen, key); // second, so that it is never the later one of a crash
    }
}
