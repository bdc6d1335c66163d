package kwangmyong.lab.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kwangmyong.kernel.policy.Hours;

/** Reads a rule's {@code hours}: {@code {days: mon-fri, from: "08:00", to: "22:00", since: 2016-09-19, until: 2016-09-20T10:00}}. */
final class HoursReader {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private HoursReader() {}

    static Optional<Hours> read(Section hours, ZoneId zone) {
        Set<DayOfWeek> days = hours.value("days")
                .map(value -> value.as(HoursReader::days))
                .orElse(Optional.of(EnumSet.allOf(DayOfWeek.class)))
                .orElse(Set.of());
        Optional<LocalTime> from = hours.value("from").map(HoursReader::time).orElse(Optional.of(LocalTime.MIDNIGHT));
        Optional<LocalTime> to = hours.value("to").map(HoursReader::time).orElse(Optional.of(LocalTime.MIDNIGHT));
        Optional<Instant> since = hours.value("since").flatMap(value -> Times.read(value, zone));
        Optional<Instant> until = hours.value("until").flatMap(value -> Times.read(value, zone));
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            hours.fault("until", "is not after 'since', so that the rule would never hold");
            return Optional.empty();
        }
        return days.isEmpty() || from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hours(days, from.get(), to.get(), zone, since.orElse(null), until.orElse(null)));
    }

    /** What the schema has refused already is empty without another fault. */
    private static Optional<LocalTime> time(Value value) {
        if (value.text().equals("24:00")) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        return value.text().matches("([01]\\d|2[0-3]):[0-5]\\d")
                ? Optional.of(LocalTime.parse(value.text()))
                : Optional.empty();
    }

    /** {@code mon-fri}, {@code sat, sun}, {@code fri-mon}: ranges run on past the end of the week. */
    static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            DayOfWeek day = day(ends[0], text);
            DayOfWeek last = day(ends[ends.length - 1], text);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String word, String text) {
        String stripped = word.strip().toLowerCase(Locale.ROOT);
        int index = stripped.length() < 3 ? -1 : DAYS.indexOf(stripped.substring(0, 3));
        boolean whole = index >= 0
                && DayOfWeek.of(index + 1).name().toLowerCase(Locale.ROOT).startsWith(stripped);
        if (!whole) {
            throw new IllegalArgumentException("'" + text + "' names no days (expected: mon-fri, or sat, sun)");
        }
        return DayOfWeek.of(index + 1);
    }
}
