package kwangmyong.sites.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/** Conditional requests, RFC 9110 §13: an ETag on every page that was found, and 304 for who has it already. */
public final class Freshness {
    private static final int TAG_BYTES = 12;
    private static final int MOST_TAGS = 64;
    private static final List<String> REPEATED = List.of("ETag", "Cache-Control", "Vary", "Last-Modified");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Freshness() {}

    /** A reply that says when its content last changed. */
    public static Reply changedAt(Reply reply, Instant when) {
        return reply.with("Last-Modified", HTTP_DATE.format(when));
    }

    /** The reply, or 304 in its place. */
    public static Reply checked(Request request, Reply reply) {
        if (reply.status() != 200 || !request.isRead()) {
            return reply;
        }
        String tag = "\"" + digest(reply.body()) + "\"";
        Reply tagged = reply.with("ETag", tag);
        if (!tagged.headers().has("Cache-Control")) {
            // Pages name the visitor: only the visitor's own cache keeps them, and asks each time.
            tagged = tagged.with("Cache-Control", "private, no-cache");
        }
        return isKnown(request, tag, reply.headers().first("Last-Modified")) ? notModified(tagged) : tagged;
    }

    private static boolean isKnown(Request request, String tag, @Nullable String lastModified) {
        String tags = request.header("If-None-Match");
        if (tags != null) {
            for (String known : tags.split(",", MOST_TAGS)) {
                String stripped = known.strip();
                if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                    return true;
                }
            }
            return false; // If-Modified-Since is not looked at then, §13.1.3
        }
        String since = request.header("If-Modified-Since");
        return since != null && lastModified != null && !isLater(lastModified, since);
    }

    private static boolean isLater(String date, String than) {
        try {
            return instant(date).isAfter(instant(than));
        } catch (DateTimeException malformed) {
            return true; // an invalid date is ignored, §13.1.3
        }
    }

    private static Instant instant(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    /** What a 304 repeats of the reply that it stands for, RFC 9110 §15.4.5. */
    private static Reply notModified(Reply tagged) {
        Reply reply = Reply.empty(304);
        for (String name : REPEATED) {
            String value = tagged.headers().first(name);
            reply = value == null ? reply : reply.with(name, value);
        }
        return reply;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
