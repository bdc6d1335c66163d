package kwangmyong.gateway.cache;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.gateway.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** Which answers are kept, and which goes first when there is no room. Any thread; what it says has to go is the caller's to delete. */
final class Pages {
    private static final int MAX_VARIANTS = 16;

    private final long most;
    /** By use; guarded by itself. */
    private final Map<ResponseCache.Key, List<Entry>> pages = new LinkedHashMap<>(16, 0.75f, true);

    private long octets;

    /**
     * None at first.
     *
     * @param most octets of all together
     */
    Pages(long most) {
        this.most = most;
    }

    /** The variant for this request; null without one. */
    @Nullable
    Entry find(ResponseCache.Key key, RequestHead request, String asker) {
        synchronized (pages) {
            for (Entry entry : pages.getOrDefault(key, List.of())) {
                if (entry.matches(request, asker)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** Keeps an answer in the place of what it replaces; what has to go for it. */
    List<Entry> put(ResponseCache.Key key, Entry fresh) {
        List<Entry> gone = new ArrayList<>();
        synchronized (pages) {
            List<Entry> variants = new ArrayList<>();
            List<Entry> before = pages.getOrDefault(key, List.of());
            for (Entry older : before) {
                if (!fresh.replaces(older) && before.size() - gone.size() < MAX_VARIANTS) {
                    variants.add(older);
                } else {
                    octets -= older.size();
                    gone.add(older);
                }
            }
            gone.removeIf(older -> older.body().equals(fresh.body())); // a validated answer keeps its body
            variants.add(fresh);
            pages.put(key, List.copyOf(variants));
            octets += fresh.size();
            evict(gone);
        }
        return gone;
    }

    private void evict(List<Entry> gone) {
        Iterator<List<Entry>> eldest = pages.values().iterator();
        while (octets > most && eldest.hasNext()) {
            for (Entry old : eldest.next()) {
                octets -= old.size();
                gone.add(old);
            }
            eldest.remove();
        }
    }

    /** Forgets a page; what has to go. */
    List<Entry> remove(ResponseCache.Key key) {
        synchronized (pages) {
            List<Entry> gone = pages.remove(key);
            if (gone == null) {
                return List.of();
            }
            gone.forEach(entry -> octets -= entry.size());
            return gone;
        }
    }

    /** Forgets every page; what has to go. */
    List<Entry> clear() {
        synchronized (pages) {
            List<Entry> gone = pages.values().stream().flatMap(List::stream).toList();
            pages.clear();
            octets = 0;
            return gone;
        }
    }

    long octets() {
        synchronized (pages) {
            return octets;
        }
    }
}
