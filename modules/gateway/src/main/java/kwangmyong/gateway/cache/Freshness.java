package kwangmyong.gateway.cache;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * How old an answer is and how old it may get (RFC 9111 §4.2), in seconds.
 *
 * @param came when it came
 * @param ageThen its age at that moment, by its own fields
 * @param lifetime how old it may be reused
 */
record Freshness(Instant came, long ageThen, long lifetime) {
    /** RFC 9110 §15.1: those that may be kept without being told so. */
    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 300, 301, 308, 404, 410);

    private static final int PART_OF_AGE = 10;
    private static final long MOST_HEURISTIC = Duration.ofDays(1).toSeconds();

    static Freshness of(ResponseHead head, Directives directives, Instant now) {
        Fields fields = head.fields();
        Instant date = date(fields.all("date"));
        Instant sent = date == null ? now : date;
        long apparent = Math.max(0, Duration.between(sent, now).toSeconds());
        long said = number(fields.all("age"));
        return new Freshness(now, Math.max(apparent, said), lifetime(head, directives, sent));
    }

    private static long lifetime(ResponseHead head, Directives directives, Instant sent) {
        Fields fields = head.fields();
        long shared = directives.seconds("s-maxage");
        long maximum = directives.seconds("max-age");
        if (shared >= 0 || maximum >= 0) {
            return shared >= 0 ? shared : maximum;
        }
        if (!fields.all("expires").isEmpty()) {
            Instant expires = date(fields.all("expires"));
            return expires == null
                    ? 0
                    : Duration.between(sent, expires).toSeconds(); // RFC 9111 §5.3: unreadable is past
        }
        Instant modified = date(fields.all("last-modified"));
        if (modified == null || !HEURISTIC.contains(head.status())) {
            return 0;
        }
        return Math.min(MOST_HEURISTIC, Duration.between(modified, sent).toSeconds() / PART_OF_AGE);
    }

    long age(Instant now) {
        return ageThen + Math.max(0, Duration.between(came, now).toSeconds());
    }

    boolean isFresh(Instant now) {
        return age(now) < lifetime;
    }

    private static long number(String text) {
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    }

    private static @Nullable Instant date(String text) {
        try {
            return text.isEmpty() ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
