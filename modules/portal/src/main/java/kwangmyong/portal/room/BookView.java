package kwangmyong.portal.room;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kwangmyong.access.api.Bill;
import org.jspecify.annotations.Nullable;

/**
 * The book of one day: every session that ended then, and on the day itself those that still go on.
 *
 * @param day as its field in forms has it: {@code 2026-03-01}
 * @param heading the day in words
 * @param next null on the last day that there is
 * @param total of what ended
 * @param cut whether the day had more than are shown
 */
record BookView(
        String day,
        String heading,
        String previous,
        @Nullable String next,
        List<Line> lines,
        long ended,
        String minutes,
        String total,
        boolean cut) {
    /** @param number null for somebody who is still there */
    record Line(
            @Nullable String number,
            String subject,
            String terminal,
            String place,
            String since,
            String until,
            String used,
            String cost,
            String end) {}

    static BookView of(LocalDate day, LocalDate today, List<Bill> bills, List<Guest> present, int most, Words words) {
        List<Line> lines = new ArrayList<>();
        bills.stream().limit(most).forEach(bill -> lines.add(line(bill, words)));
        if (day.equals(today)) {
            present.forEach(guest -> lines.add(line(guest, words)));
        }
        BigDecimal total =
                bills.stream().map(Bill::usd).filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new BookView(
                day.toString(),
                words.texts().time("day", day.atStartOfDay(words.zone()).toInstant(), words.zone()),
                day.minusDays(1).toString(),
                day.isBefore(today) ? day.plusDays(1).toString() : null,
                lines,
                bills.size(),
                words.minutes(bills.stream().mapToLong(Bill::minutes).sum()),
                words.money(total.setScale(2)),
                bills.size() > most);
    }

    private static Line line(Bill bill, Words words) {
        return new Line(
                bill.number(),
                bill.subject(),
                bill.terminal(),
                words.place(bill.attachment()),
                words.timeOfDay(bill.since()),
                words.timeOfDay(bill.until()),
                words.minutes(bill.minutes()),
                words.money(bill.usd()),
                words.texts().get("end." + bill.end().word()));
    }

    private static Line line(Guest guest, Words words) {
        return new Line(
                null,
                guest.session().subject(),
                guest.session().terminal(),
                words.place(guest.session().attachment()),
                words.timeOfDay(guest.session().since()),
                Words.NOTHING,
                words.minutes(guest.minutes()),
                words.money(guest.usd()),
                words.texts().get("end.present"));
    }
}
