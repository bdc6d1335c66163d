package kwangmyong.gateway.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP writes them (RFC 9110 §5.6.7): one form, and two that it once had. Any other is no date, which means the past where freshness hangs on it. */
public final class HttpDate {
    private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";
    private static final List<Pattern> FORMS = List.of(
            form("[a-z]{3}, (?<day>\\d{2}) (?<month>[a-z]{3}) (?<year>\\d{4}) " + TIME + " GMT"),
            form("[a-z]{6,9}, (?<day>\\d{2})-(?<month>[a-z]{3})-(?<year>\\d{2}) " + TIME + " GMT"),
            form("[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})"));
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int CENTURY = 100;
    private static final int MOST_YEARS_AHEAD = 50;
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private static volatile Second last = new Second(0, "Thu, 01 Jan 1970 00:00:00 GMT");

    private HttpDate() {}

    private static Pattern form(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Reads a date.
     *
     * @param now tells the century of a year that is two digits
     * @return null for what is none
     */
    static @Nullable Instant parse(String text, Instant now) {
        for (Pattern form : FORMS) {
            Matcher parts = form.matcher(text);
            if (parts.matches()) {
                return date(parts, now);
            }
        }
        return null;
    }

    private static @Nullable Instant date(Matcher parts, Instant now) {
        int month = MONTHS.indexOf(parts.group("month").toLowerCase(Locale.ROOT)) + 1;
        String year = parts.group("year");
        try {
            return LocalDateTime.of(
                            year.length() == 2 ? inCentury(Integer.parseInt(year), now) : Integer.parseInt(year),
                            month,
                            Integer.parseInt(parts.group("day").strip()),
                            Integer.parseInt(parts.group("hour")),
                            Integer.parseInt(parts.group("minute")),
                            Math.min(59, Integer.parseInt(parts.group("second")))) // a leap second
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    /** More than fifty years ahead is the past (RFC 9110 §5.6.7). */
    private static int inCentury(int twoDigits, Instant now) {
        int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
        int year = thisYear - thisYear % CENTURY + twoDigits;
        return year > thisYear + MOST_YEARS_AHEAD ? year - CENTURY : year;
    }

    /** In the one form. Answers come by the thousand a second, and their date is a text of that second. */
    public static String text(Instant when) {
        Second known = last;
        if (known.number() != when.getEpochSecond()) {
            known = new Second(when.getEpochSecond(), WRITTEN.format(when.atOffset(ZoneOffset.UTC)));
            last = known;
        }
        return known.text();
    }

    /** A second of the epoch, and how it is written. */
    private record Second(long number, String text) {}
}
