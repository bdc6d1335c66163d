package kwangmyong.access.session;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by something that several may have in common, mostly one. Any thread may read; one at a time changes it.
 *
 * @param <K> what they have in common
 */
final class SessionsBy<K> {
    private final Map<K, Map<String, Session>> byKey = new ConcurrentHashMap<>();

    /** Adds one, in place of what had its id. */
    void add(K key, Session session) {
        byKey.compute(key, (same, before) -> with(before, session));
    }

    private static Map<String, Session> with(@Nullable Map<String, Session> before, Session session) {
        if (before == null || (before.size() == 1 && before.containsKey(session.id()))) {
            return Map.of(session.id(), session);
        }
        Map<String, Session> many = before instanceof ConcurrentHashMap ? before : new ConcurrentHashMap<>(before);
        many.put(session.id(), session);
        return many;
    }

    /** Takes that very one away. */
    void remove(K key, Session session) {
        byKey.computeIfPresent(key, (same, before) -> without(before, session));
    }

    private static @Nullable Map<String, Session> without(Map<String, Session> before, Session session) {
        if (before instanceof ConcurrentHashMap) {
            before.remove(session.id(), session);
            return before.isEmpty() ? null : before;
        }
        return session.equals(before.get(session.id())) ? null : before;
    }

    Collection<Session> of(K key) {
        Map<String, Session> all = byKey.get(key);
        return all == null ? List.of() : all.values();
    }

    Collection<Map<String, Session>> all() {
        return byKey.values();
    }
}
