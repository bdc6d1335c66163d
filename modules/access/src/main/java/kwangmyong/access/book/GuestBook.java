package kwangmyong.access.book;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the journal and writes a bill behind every line that ends a session. Where the end is forced to disk, so is the bill, before the end is
 * acknowledged. Of what passes it keeps the latest bill of each of the {@value #MOST_TERMINALS} terminals that were left last; all else is read back.
 */
public final class GuestBook implements Journal, LogBook {
    static final int MOST_TERMINALS = 2_000;

    /** How long a terminal shows what the last one there had to pay. */
    private static final Duration SHOWN_FOR = Duration.ofDays(1);

    private final Journal journal;
    private final JournalView written;
    private final LabClock clock;
    private final Map<String, Bill> lastByTerminal = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bill> eldest) {
            return size() > MOST_TERMINALS;
        }
    };

    /**
     * A book before a journal.
     *
     * @param written the same journal, for reading
     */
    public GuestBook(Journal journal, JournalView written, LabClock clock) {
        this.journal = journal;
        this.written = written;
        this.clock = clock;
    }

    @Override
    public void record(Event event) {
        journal.record(event);
        Bill bill = BillLine.due(event);
        if (bill != null) {
            keep(bill);
            journal.record(BillLine.event(bill, event));
        }
    }

    @Override
    public CompletionStage<Void> force(Event event) {
        CompletionStage<Void> forced = journal.force(event);
        Bill bill = BillLine.due(event);
        if (bill == null) {
            return forced;
        }
        return forced.thenAcceptBoth(journal.force(BillLine.event(bill, event)), (ended, billed) -> keep(bill));
    }

    private synchronized void keep(Bill bill) {
        lastByTerminal.merge(
                bill.terminal(), bill, (before, now) -> before.until().isAfter(now.until()) ? before : now);
    }

    /** Takes the last day's bills back from the journal, as after a new start. Reads files. */
    public void recall() throws IOException {
        JournalQuery query = billsBetween(clock.now().minus(SHOWN_FOR), null);
        written.read(query, line -> {
            Bill bill = BillLine.read(line);
            if (bill != null) {
                keep(bill);
            }
        });
    }

    @Override
    public synchronized Optional<Bill> lastAt(String terminal) {
        return Optional.ofNullable(lastByTerminal.get(Addresses.text(Addresses.parse(terminal))))
                .filter(bill -> clock.now().isBefore(bill.until().plus(SHOWN_FOR)));
    }

    @Override
    public List<Bill> bills(Instant from, Instant until, int most) throws IOException {
        List<Bill> bills = new ArrayList<>();
        // a line is written when an end is noticed, which is behind the end where the clock was moved
        written.read(billsBetween(from, null), line -> {
            Bill bill = bills.size() < most ? BillLine.read(line) : null;
            if (bill != null && !bill.until().isBefore(from) && bill.until().isBefore(until)) {
                bills.add(bill);
            }
        });
        return bills;
    }

    private static JournalQuery billsBetween(Instant from, @Nullable Instant until) {
        return JournalQuery.ALL.where("action", BillLine.ACTION).within(from, until);
    }

    @Override
    public List<Visited> visits(String terminal, Instant from, Instant until, int most) throws IOException {
        Trail trail = new Trail();
        String text = Addresses.text(Addresses.parse(terminal));
        written.read(JournalQuery.ALL.where("terminal", text).within(from, until.plusMillis(1)), trail);
        return trail.visited(most);
    }
}
