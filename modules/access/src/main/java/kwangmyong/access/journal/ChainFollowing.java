package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import kwangmyong.access.api.JournalEntry;
import org.jspecify.annotations.Nullable;

/** Reads on in one chain while it grows, from one file to the next. */
final class ChainFollowing implements Closeable {
    private final Chain chain;
    private final Wish wish;
    private ChainReading reading;

    /** @param after the number of the line behind which it begins */
    ChainFollowing(Chain chain, Wish wish, long after) throws IOException {
        this.chain = chain;
        this.wish = wish;
        this.reading = ChainReading.forward(chain, wish, after);
    }

    /** The next line that is wanted; null when there is none yet. Never waits. */
    @Nullable
    JournalEntry next() throws IOException {
        JournalEntry entry = reading.next();
        if (entry != null || (reading.hasLive() && !isTurned())) {
            return entry;
        }
        // Its file was closed, so that nobody adds to it any more: what came before that is read first.
        entry = reading.next();
        if (entry == null) {
            long position = reading.position();
            reading.close();
            reading = ChainReading.forward(chain, wish, position);
            entry = reading.next();
        }
        return entry;
    }

    private boolean isTurned() {
        Segment closed = new Segment(chain.config().folder(), reading.liveNumber());
        return Files.exists(closed.plain()) || Files.exists(closed.packed());
    }

    /** The number of the last line it has come to. */
    long position() {
        return reading.position();
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
