package kwangmyong.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.ResponseHead;

/**
 * How old an answer is and how old it may get (RFC 9111 §4.2), in seconds.
 *
 * @param came when it came
 * @param ageThen its age at that moment, by its own fields
 * @param lifetime how old it may be reused
 */
record Freshness(Instant came, long ageThen, long lifetime) {
    /** RFC 9110 §15.1: those that may be kept without being told so. */
    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    private static final int PART_OF_AGE = 10;
    private static final long MOST_HEURISTIC = Duration.ofDays(1).toSeconds();
    /** RFC 9111 §1.2.2: what a number past this means is this. */
    private static final long MOST_SECONDS = 1L << 31;

    static Freshness of(ResponseHead head, Directives directives, Instant now) {
        Fields fields = head.fields();
        Instant date = HttpDate.parse(fields.all("date"), now);
        Instant sent = date == null ? now : date;
        long apparent = Math.max(0, Duration.between(sent, now).toSeconds());
        return new Freshness(now, Math.max(apparent, age(fields)), lifetime(head, directives, sent, now));
    }

    /** The first that the field says (RFC 9111 §5.1); 0 where it is no number. */
    private static long age(Fields fields) {
        String said = fields.all("age");
        int comma = said.indexOf(',');
        String first = (comma < 0 ? said : said.substring(0, comma)).strip();
        if (!first.matches("\\d+")) {
            return 0;
        }
        return first.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(first));
    }

    private static long lifetime(ResponseHead head, Directives directives, Instant sent, Instant now) {
        Fields fields = head.fields();
        long shared = directives.seconds("s-maxage");
        long maximum = directives.seconds("max-age");
        if (directives.has("no-cache")) {
            return 0; // RFC 9111 §5.2.2.4: never without asking the host
        }
        if (shared >= 0 || maximum >= 0) {
            return shared >= 0 ? shared : maximum;
        }
        if (!fields.all("expires").isEmpty()) {
            Instant expires = HttpDate.parse(fields.all("expires"), now);
            return expires == null
                    ? 0
                    : Duration.between(sent, expires).toSeconds(); // RFC 9111 §5.3: unreadable is past
        }
        Instant modified = HttpDate.parse(fields.all("last-modified"), now);
        if (modified == null || !(HEURISTIC.contains(head.status()) || directives.has("public"))) {
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
}
