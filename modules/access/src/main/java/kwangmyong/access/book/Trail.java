package kwangmyong.access.book;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.ResourceHost;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.access.Layer;
import org.jspecify.annotations.Nullable;

/** Lines of the journal summed up by the host that was asked for. Bounded: hosts beyond {@value #MOST_HOSTS} are not told apart any more. */
final class Trail implements Consumer<JournalEntry> {
    static final int MOST_HOSTS = 10_000;

    private static final Set<String> OWN_SERVICES = Set.of(Layer.PORTAL.word(), Layer.CONSOLE.word());

    private final Map<String, Visited> byHost = new HashMap<>();

    @Override
    public void accept(JournalEntry line) {
        String verdict = line.get("verdict");
        String host = host(line);
        Instant time = time(line.get("time"));
        if (verdict == null
                || host == null
                || time == null
                || (byHost.size() >= MOST_HOSTS && !byHost.containsKey(host))) {
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

    /** Null where it was about no host, or about the lab's own pages, which are no visit. */
    private static @Nullable String host(JournalEntry line) {
        boolean ours = OWN_SERVICES.contains(String.valueOf(line.get("service")));
        return ours ? null : ResourceHost.of(line.get("resource"));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException altered) {
            return null;
        }
    }
}
