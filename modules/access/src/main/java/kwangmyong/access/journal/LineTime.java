package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** The time of a line, {@code 2026-03-01T09:00:00.123Z}, from its bytes. Keeps the day it read last, which the next line mostly shares. */
final class LineTime {
    /** What a text is that says no time. */
    static final long NONE = Long.MIN_VALUE;

    private static final int LENGTH = "2026-03-01T09:00:00.123Z".length();
    private static final int DATE = "2026-03-01".length();
    private static final long DAY_MILLIS = 86_400_000;

    private final byte[] day = new byte[DATE];
    private long dayMillis = NONE;

    /** Milliseconds since 1970, or {@link #NONE}. */
    long millis(byte[] line, int from, int to) {
        if (to - from != LENGTH || line[from + DATE] != 'T' || line[to - 1] != 'Z' || line[to - 5] != '.') {
            return slowly(line, from, to);
        }
        int hour = two(line, from + 11);
        int minute = two(line, from + 14);
        int second = two(line, from + 17);
        int tenths = two(line, from + 20);
        int last = line[from + 22] - '0';
        if (hour < 0 || minute < 0 || second < 0 || tenths < 0 || last < 0 || last > 9 || !isDay(line, from)) {
            return slowly(line, from, to);
        }
        return dayMillis + ((hour * 60L + minute) * 60 + second) * 1_000 + tenths * 10L + last;
    }

    private boolean isDay(byte[] line, int from) {
        boolean same = dayMillis != NONE;
        for (int i = 0; same && i < DATE; i++) {
            same = line[from + i] == day[i];
        }
        if (same) {
            return true;
        }
        try {
            dayMillis = LocalDate.parse(new String(line, from, DATE, StandardCharsets.US_ASCII))
                            .toEpochDay()
                    * DAY_MILLIS;
            System.arraycopy(line, from, day, 0, DATE);
            return true;
        } catch (DateTimeException noDay) {
            dayMillis = NONE;
            return false;
        }
    }

    private static int two(byte[] line, int at) {
        int high = line[at] - '0';
        int low = line[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
    }

    private static long slowly(byte[] line, int from, int to) {
        try {
            return Instant.parse(new String(line, from, to - from, StandardCharsets.UTF_8))
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException noTime) {
            return NONE;
        }
    }
}
