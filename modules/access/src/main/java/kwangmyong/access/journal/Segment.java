package kwangmyong.access.journal;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A closed file of a journal, which nobody adds to any more: as it was written, or packed.
 *
 * @param folder of the journal
 * @param number from 1, in order of writing
 */
record Segment(Path folder, int number) {
    private String name() {
        return String.format("%06d", number);
    }

    /** The lines as they were written, until they are packed. */
    Path plain() {
        return folder.resolve(name() + ".jsonl");
    }

    /** The lines as gzip (RFC 1952), of which each member is a block of whole lines. */
    Path packed() {
        return folder.resolve(name() + ".jsonl.gz");
    }

    /** The signed note of what it holds. */
    Path end() {
        return folder.resolve(name() + ".end");
    }

    /** What of time and fields is in which block of the packed form. */
    Path index() {
        return folder.resolve(name() + ".index");
    }

    boolean isPacked() {
        return Files.exists(packed());
    }

    /** The file that its lines are in. */
    Path file() {
        return isPacked() ? packed() : plain();
    }
}
