package kwangmyong.web.page;

import java.util.Locale;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/** The languages that every page of the lab speaks. */
public enum Language {
    KOREAN("ko", "한국어"),
    ENGLISH("en", "English");

    /** The query field and the cookie that choose a language. */
    public static final String FIELD = "lang";

    private static final String COOKIE_TAIL = "; Path=/; Max-Age=31536000; SameSite=Lax";
    private static final int MOST_RANGES = 32;

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    /** The language tag: {@code ko}, {@code en} (RFC 5646). */
    public String tag() {
        return tag;
    }

    /** What the language calls itself. */
    public String ownName() {
        return ownName;
    }

    public Language other() {
        return this == KOREAN ? ENGLISH : KOREAN;
    }

    /** What a request wants: {@code ?lang=} before the cookie, that before Accept-Language, and {@code otherwise} where none says. */
    public static Language of(Request request, Language otherwise) {
        Language chosen = byTag(request.query().first(FIELD));
        chosen = chosen == null ? byTag(request.cookie(FIELD)) : chosen;
        return chosen == null ? accepted(request.header("Accept-Language"), otherwise) : chosen;
    }

    /** Keeps a choice made by {@code ?lang=} in a cookie, so that the next page needs no asking. */
    public static Reply remember(Request request, Reply reply) {
        Language chosen = byTag(request.query().first(FIELD));
        return chosen == null ? reply : reply.plus("Set-Cookie", FIELD + "=" + chosen.tag + COOKIE_TAIL);
    }

    /** The language of the highest quality in an Accept-Language field (RFC 9110 §12.5.4); the earlier of two equals. */
    static Language accepted(@Nullable String field, Language otherwise) {
        if (field == null) {
            return otherwise;
        }
        Language best = otherwise;
        double quality = 0;
        for (String range : field.split(",", MOST_RANGES)) {
            String[] parts = range.split(";", 3);
            Language language = byTag(parts[0].strip().split("-", 2)[0]);
            double own = parts.length > 1 ? quality(parts[1].strip()) : 1;
            if (language != null && own > quality) {
                best = language;
                quality = own;
            }
        }
        return best;
    }

    private static double quality(String weight) {
        try {
            return weight.startsWith("q=") ? Double.parseDouble(weight.substring(2)) : 1;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    private static @Nullable Language byTag(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String lower = tag.toLowerCase(Locale.ROOT);
        return lower.equals("ko") ? KOREAN : lower.equals("en") ? ENGLISH : null;
    }
}
