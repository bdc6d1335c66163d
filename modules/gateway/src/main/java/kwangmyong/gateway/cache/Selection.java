package kwangmyong.gateway.cache;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.gateway.cache.ResponseCache.Hit;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** What of a kept answer a request is given: all, its head, a part, or word that nothing has changed (RFC 9110 §13, §14; RFC 9111 §4.3.2). */
final class Selection {
    private static final Pattern RANGE = Pattern.compile("bytes=[ \\t]*(\\d{0,18})-(\\d{0,18})[ \\t]*");
    /** What a 304 says (RFC 9110 §15.4.5), and the age. */
    private static final Set<String> OF_NOT_MODIFIED =
            Set.of("cache-control", "content-location", "date", "etag", "expires", "vary", "last-modified", "via");

    private Selection() {}

    static Hit of(Entry entry, RequestHead request, Instant now) {
        String age = "age: " + entry.freshness().age(now) + "\r\n";
        ResponseHead kept = entry.headWith(age);
        boolean whole = kept.status() == 200;
        if (whole && isNotModified(request.fields(), kept.fields(), now)) {
            return new Hit(notModified(kept, age), entry.body(), 0, 0, false);
        }
        if (request.method().equals("HEAD")) {
            return new Hit(entry.headWith(age + length(entry.octets())), entry.body(), 0, 0, false);
        }
        Matcher range = RANGE.matcher(request.fields().all("range"));
        if (whole && range.matches() && isWanted(request.fields(), kept.fields())) {
            return part(entry, range, age);
        }
        boolean measured = kept.status() != 204;
        String more = measured ? age + length(entry.octets()) : age;
        return new Hit(entry.headWith(more), entry.body(), 0, entry.octets(), measured);
    }

    private static String length(long octets) {
        return "content-length: " + octets + "\r\n";
    }

    /** If-None-Match counts where both are there (RFC 9110 §13.2.2). */
    private static boolean isNotModified(Fields asked, Fields kept, Instant now) {
        String known = asked.all("if-none-match");
        if (!known.isEmpty()) {
            String tag = weak(kept.all("etag"));
            return known.strip().equals("*") || (!tag.isEmpty() && lists(known, tag));
        }
        Instant since = HttpDate.parse(asked.all("if-modified-since"), now);
        Instant modified = HttpDate.parse(kept.all("last-modified"), now);
        return since != null && modified != null && !modified.isAfter(since);
    }

    /** Whether a list of entity tags has one, compared weakly (RFC 9110 §8.8.3.2). */
    private static boolean lists(String tags, String tag) {
        int at = 0;
        while (at < tags.length()) {
            int open = tags.indexOf('"', at);
            int close = open < 0 ? -1 : tags.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            if (tags.substring(open, close + 1).equals(tag)) {
                return true;
            }
            at = close + 1;
        }
        return false;
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static ResponseHead notModified(ResponseHead kept, String age) {
        StringBuilder lines = new StringBuilder("HTTP/1.1 304 Not Modified\r\n");
        Fields fields = kept.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (OF_NOT_MODIFIED.contains(fields.name(i))) {
                lines.append(fields.name(i))
                        .append(": ")
                        .append(fields.value(i))
                        .append("\r\n");
            }
        }
        return Entry.read(lines + age);
    }

    /** If-Range: the part only where what is kept is what the client has a part of (RFC 9110 §13.1.5). */
    private static boolean isWanted(Fields asked, Fields kept) {
        String having = asked.all("if-range");
        return having.isEmpty()
                || (having.startsWith("\"") && having.equals(kept.all("etag")))
                || (!kept.all("last-modified").isEmpty() && having.equals(kept.all("last-modified")));
    }

    private static Hit part(Entry entry, Matcher range, String age) {
        int octets = entry.octets();
        long first = first(range, octets);
        long last = last(range, octets);
        if (first < 0 || first >= octets || first > last) {
            String all = "HTTP/1.1 416 Range Not Satisfiable\r\ncontent-range: bytes */" + octets + "\r\n" + length(0);
            return new Hit(Entry.read(all), entry.body(), 0, 0, true);
        }
        int count = (int) (last - first + 1);
        String more = age + length(count) + "content-range: bytes " + first + "-" + last + "/" + octets + "\r\n";
        String partial = entry.head().substring(entry.head().indexOf("\r\n"));
        return new Hit(Entry.read("HTTP/1.1 206 Partial Content" + partial + more), entry.body(), first, count, true);
    }

    /** Negative where the range is none. */
    private static long first(Matcher range, int octets) {
        if (!range.group(1).isEmpty()) {
            return Long.parseLong(range.group(1));
        }
        long suffix = range.group(2).isEmpty() ? 0 : Long.parseLong(range.group(2));
        return suffix == 0 ? -1 : Math.max(0, octets - suffix);
    }

    private static long last(Matcher range, int octets) {
        boolean open = range.group(2).isEmpty() || range.group(1).isEmpty();
        return open ? octets - 1 : Math.min(octets - 1, Long.parseLong(range.group(2)));
    }

    /**
     * A request that asks the host whether an answer still holds (RFC 9111 §4.3.1); null where nothing tells one answer from another. What the client
     * itself asked about is looked at afterwards.
     */
    static @Nullable RequestHead validating(Entry entry, RequestHead request) {
        Fields kept = entry.headWith("").fields();
        String tag = kept.all("etag");
        String modified = kept.all("last-modified");
        if (tag.isEmpty() && modified.isEmpty()) {
            return null;
        }
        String conditions = (tag.isEmpty() ? "" : "if-none-match: " + tag + "\r\n")
                + (modified.isEmpty() ? "" : "if-modified-since: " + modified + "\r\n");
        return request.withFields(request.fields().but(Selection::isOfTheClient, conditions));
    }

    private static boolean isOfTheClient(String name) {
        return switch (name) {
            case "if-none-match", "if-modified-since", "if-range", "range" -> true;
            default -> false;
        };
    }
}
