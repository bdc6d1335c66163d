package kwangmyong.access.book;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.Visited;
import org.jspecify.annotations.Nullable;

/** Lines of the journal summed up by the host that was asked for. Bounded: hosts beyond {@value #MOST_HOSTS} are not told apart any more. */
final class Trail implements Consumer<JournalEntry> {
    static final int MOST_HOSTS = 10_000;

    private final Map<String, Visited> byHost = new HashMap<>();

    @Override
    public void accept(JournalEntry line) {
        String verdict = line.get("verdict");
        String host = host(line);
        Instant time = time(line.get("time"));
        if (verdict == null || host == null || time == null || (byHost.size() >= MOST_HOSTS && !byHost.containsKey(host))) {
            return;
        }
        boolean allowed = verdict.equals("allow");
        long count = line.count();
        byHost.merge(
                host,
                new Visited(host, allowed ? count : 0, allowed ? 0 : count, time),
                (before, now) -> new Visited(
                        host,
                        before.allowed() + now.allowed(),
                        before.denied() + now.denied(),
                        before.last().isAfter(now.last()) ? before.last() : now.last()));
    }

    /** The latest first. */
    List<Visited> visited(int most) {
        return byHost.values().stream()
                .sorted(Comparator.comparing(Visited::last).reversed().thenComparing(Visited::host))
                .limit(most)
                .toList();
    }

    /**
     * The host of what a line was about, from the forms that {@code Resource} writes: {@code example.com A}, {@code GET http://example.com:8080/},
     * {@code example.com:443}, {@code 192.0.2.1:443/tcp}, {@code someone@example.com}. Null where it was about no host.
     */
    static @Nullable String host(JournalEntry line) {
        String action = line.get("action");
        String resource = line.get("resource");
        if (action == null || resource == null) {
            return null;
        }
        String host = switch (action) {
            case "resolve", "transfer" -> before(resource, ' ');
            case "fetch" -> authority(resource);
            case "tunnel", "flow" -> resource;
            case "send", "read" -> resource.substring(resource.lastIndexOf('@') + 1);
            default -> "";
        };
        String bare = action.equals("fetch") || action.equals("tunnel") || action.equals("flow") ? withoutPort(host) : host;
        return bare.isEmpty() ? null : bare;
    }

    private static String authority(String resource) {
        int start = resource.indexOf("://");
        return start < 0 ? "" : before(resource.substring(start + 3), '/');
    }

    private static String withoutPort(String host) {
        String address = before(host, '/');
        if (address.startsWith("[")) {
            return before(address.substring(1), ']');
        }
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    private static String before(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException altered) {
            return null;
        }
    }
}
