package kwangmyong.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import kwangmyong.api.Endpoint.Page;
import kwangmyong.api.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Pages of lists. A cursor names the last item of the page before, and how many had come by then: where that item is gone, the next page goes on
 * from its place.
 */
final class Pages {
    static final int USUAL = 100;
    static final int MOST = 1_000;
    static final Parameter LIMIT =
            Parameter.query("limit", new Shape.Whole(1, MOST), "How many at most; " + USUAL + " when not said.");
    static final Parameter CURSOR =
            Parameter.query("cursor", new Shape.Text(4_200), "Where to go on, from the link called next.");

    private Pages() {}

    static int limit(Call call) {
        Long limit = call.query("limit", Long.class);
        return limit == null ? USUAL : limit.intValue();
    }

    /** The page of a list that is asked for. */
    static Page of(List<?> all, Function<Object, String> key, Call call) {
        String cursor = call.query("cursor", String.class);
        int from = cursor == null ? 0 : place(all, key, cursor);
        int until = Math.min(all.size(), from + limit(call));
        List<?> items = all.subList(from, until);
        return new Page(items, until < all.size() ? cursor(until, key.apply(all.get(until - 1))) : null);
    }

    private static String cursor(int place, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place + ":" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static int place(List<?> all, Function<Object, String> key, String cursor) {
        String text = decoded(cursor);
        int colon = text == null ? -1 : text.indexOf(':');
        if (text == null || colon < 1 || !text.substring(0, colon).matches("\\d{1,9}")) {
            throw wrong("is no cursor of this list");
        }
        String last = text.substring(colon + 1);
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        return Math.min(all.size(), Integer.parseInt(text.substring(0, colon)));
    }

    static Problem wrong(String why) {
        return Problem.malformed(List.of(new Fault("parameter", "cursor", why)));
    }

    private static @Nullable String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
