package kwangmyong.access.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalView.Reading;
import org.jspecify.annotations.Nullable;

/** Reads several chains as one, by the times of their lines. Of each chain the order stays as it is, whatever its times. */
final class MergedReading implements Reading {
    private final boolean backward;
    private final List<Source> sources = new ArrayList<>();
    private JournalCursor position;

    private static final class Source {
        private final String process;
        private final ChainReading reading;
        private @Nullable JournalEntry head;
        private boolean exhausted;

        Source(String process, ChainReading reading) {
            this.process = process;
            this.reading = reading;
        }
    }

    /** @param position where the chains begin, those too that nothing is read of */
    MergedReading(boolean backward, JournalCursor position) {
        this.backward = backward;
        this.position = position;
    }

    /** Adds a chain; before the first line is read. */
    void add(String process, ChainReading reading) {
        sources.add(new Source(process, reading));
    }

    @Override
    public @Nullable JournalEntry next() throws IOException {
        Source first = null;
        for (Source source : sources) {
            if (source.head == null && !source.exhausted) {
                source.head = source.reading.next();
                if (source.head == null) {
                    source.exhausted = true;
                    position = position.with(source.process, source.reading.position());
                }
            }
            if (source.head != null && (first == null || comesBefore(source.head, first.head))) {
                first = source;
            }
        }
        if (first == null) {
            return null;
        }
        JournalEntry entry = first.head;
        first.head = null;
        position = position.with(first.process, first.reading.position());
        return entry;
    }

    private boolean comesBefore(JournalEntry one, @Nullable JournalEntry other) {
        if (other == null) {
            return true;
        }
        int sign = time(one).compareTo(time(other));
        return backward ? sign > 0 : sign < 0;
    }

    /** Times of one form compare as their texts do. */
    private static String time(JournalEntry entry) {
        String time = entry.get("time");
        return time == null ? "" : time;
    }

    @Override
    public JournalCursor position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.reading.close();
        }
    }
}
