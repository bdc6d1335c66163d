package kwangmyong.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.web.http.Reply;
import org.jspecify.annotations.Nullable;

/** The streams that are open, so many in all and so many of one token; each has a thread of its own, since reading the journal may block. */
final class EventStreams implements AutoCloseable {
    private final JournalView journal;
    private final Tokens tokens;
    private final ApiConfig.Limits limits;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    /** By token. Guarded by itself. */
    private final Map<String, Integer> counts = new HashMap<>();

    EventStreams(JournalView journal, Tokens tokens, ApiConfig.Limits limits) {
        this.journal = journal;
        this.tokens = tokens;
        this.limits = limits;
    }

    /**
     * A stream of the lines that are wanted.
     *
     * @param from behind which to go on; null for what is written from now on
     * @throws Problem when there are too many already
     */
    Reply open(Call call, JournalQuery query, @Nullable JournalCursor from) {
        if (call.request().method().equals("HEAD")) {
            return Reply.empty(200).with("Content-Type", EventStream.MEDIA_TYPE).uncached();
        }
        String token = call.bearer().id();
        enter(token);
        var stream = new EventStream(journal, query, from, limits, () -> isAllowed(call), over -> left(over, token));
        open.add(stream);
        return Reply.fed(EventStream.MEDIA_TYPE, stream).uncached();
    }

    private boolean isAllowed(Call call) {
        String given = call.request().header("Authorization");
        String text =
                given == null ? "" : given.substring(given.indexOf(' ') + 1).strip();
        return tokens.bearer(text)
                .filter(bearer -> Scope.allows(bearer.scopes(), Scope.READ))
                .isPresent();
    }

    private void enter(String token) {
        synchronized (counts) {
            int own = counts.getOrDefault(token, 0);
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            if (own >= limits.streamsOfOne()) {
                throw new Problem(Problem.Kind.TOO_MANY, "this token has " + own + " streams open already")
                        .with("Retry-After", "5");
            } else if (all >= limits.streams()) {
                throw new Problem(Problem.Kind.BUSY, all + " streams are open already").with("Retry-After", "5");
            }
            counts.put(token, own + 1);
        }
    }

    private void left(EventStream stream, String token) {
        if (open.remove(stream)) {
            synchronized (counts) {
                counts.computeIfPresent(token, (id, own) -> own > 1 ? own - 1 : null);
            }
        }
    }

    /** Ends every stream, telling its reader. */
    @Override
    public void close() {
        open.forEach(EventStream::stop);
    }
}
