package kwangmyong.portal.room;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.api.Bill;
import org.jspecify.annotations.Nullable;

/** Bills as comma-separated values (RFC 4180), which spreadsheets open. Times are UTC. */
final class BookCsv {
    private static final String HEAD = "number,subject,terminal,attachment,since,until,minutes,usd_per_hour,usd,end";
    private static final String LINE_END = "\r\n";

    private BookCsv() {}

    static String of(List<Bill> bills) {
        return Stream.concat(Stream.of(HEAD), bills.stream().map(BookCsv::line))
                .collect(Collectors.joining(LINE_END, "", LINE_END));
    }

    private static String line(Bill bill) {
        return Stream.of(
                        bill.number(),
                        bill.subject(),
                        bill.terminal(),
                        bill.attachment() == null ? "" : bill.attachment(),
                        bill.since().toString(),
                        bill.until().toString(),
                        Long.toString(bill.minutes()),
                        plain(bill.usdPerHour()),
                        plain(bill.usd()),
                        bill.end().word())
                .map(BookCsv::field)
                .collect(Collectors.joining(","));
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    /** What a spreadsheet would take for a formula is made text by an apostrophe. */
    static String field(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
