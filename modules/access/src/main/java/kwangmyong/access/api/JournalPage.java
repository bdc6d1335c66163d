package kwangmyong.access.api;

import java.util.List;

/**
 * Some lines, and where to go on both ways.
 *
 * @param entries in the order that was asked for
 * @param older from where to read {@link JournalView.Order#NEWEST_FIRST} what came before them
 * @param newer from where to read {@link JournalView.Order#OLDEST_FIRST} what came after them, or comes yet
 * @param hasMore whether there are more in the order that was asked for
 */
public record JournalPage(List<JournalEntry> entries, JournalCursor older, JournalCursor newer, boolean hasMore) {
    public JournalPage {
        entries = List.copyOf(entries);
    }
}
