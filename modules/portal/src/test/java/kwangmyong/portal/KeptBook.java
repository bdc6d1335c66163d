package kwangmyong.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Visited;

/** A book in memory. */
final class KeptBook implements LogBook {
    final List<Bill> bills = new ArrayList<>();
    final List<Visited> visited = new ArrayList<>();

    @Override
    public synchronized Optional<Bill> lastAt(String terminal) {
        return bills.stream().filter(bill -> bill.terminal().equals(terminal)).reduce((first, second) -> second);
    }

    synchronized void add(Bill bill) {
        bills.add(bill);
    }

    @Override
    public synchronized List<Bill> bills(Instant from, Instant until, int most) {
        return bills.stream()
                .filter(bill -> !bill.until().isBefore(from) && bill.until().isBefore(until))
                .limit(most)
                .toList();
    }

    @Override
    public List<Visited> visits(String terminal, Instant from, Instant until, int most) {
        return visited.stream().limit(most).toList();
    }
}
