package kwangmyong.portal;

import java.util.Locale;
import kwangmyong.web.http.Authority;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody was going before they were asked to log in. It is only ever shown as a link to follow, never followed by itself, and it is
 * a plain http or https URL or nothing: no script, no control character, no name and password before the host.
 *
 * @param url absolute
 * @param host as shown on the link
 */
record NextPage(String url, String host) {
    static final String FIELD = "next";
    private static final int MOST_CHARACTERS = 2_000;

    /** Null when {@code text} is absent or not such a URL. */
    static @Nullable NextPage parse(@Nullable String text) {
        if (text == null || text.length() > MOST_CHARACTERS || text.chars().anyMatch(NextPage::neverInUrls)) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        int from = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (from < 0) {
            return null;
        }
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        Authority authority = Authority.parse(text.substring(from, end));
        return authority == null ? null : new NextPage(text, authority.host());
    }

    /** Browsers drop some of these and read others as slashes; a URL as it should be has none (RFC 3986 §2). */
    private static boolean neverInUrls(int c) {
        return c <= ' ' || c >= 0x7f || "\\\"<>^`{|}'".indexOf(c) >= 0;
    }
}
