package kwangmyong.gateway;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Where names led that somebody was allowed to look up, so that the next request of theirs need not look again. It holds only as long as asking
 * again would give the same: until rules, grants, sessions or names change, or the hour does. What is denied is not kept. One event loop's.
 */
final class Ways {
    /** Past this all are forgotten; whoever asks for so many names is served from the zones, as before. */
    private static final int MOST = 4_096;

    private final AccessPolicy policy;
    private final NameData names;
    private final AtomicLong changes = new AtomicLong();
    private final Map<Key, Way> known = new HashMap<>();
    private long changesSeen = -1;
    private @Nullable Object edition;
    private Instant steadyUntil = Instant.MIN;
    private boolean keeps;

    Ways(AccessPolicy policy, NameData names) {
        this.policy = policy;
        this.names = names;
    }

    private record Key(InetAddress terminal, String name) {}

    /**
     * Where a name leads.
     *
     * @param who whose look-up was allowed
     * @param addresses lab addresses that may be reached, at least one
     * @param usable those of them that can be
     */
    record Way(Identity who, List<InetAddress> addresses, List<InetAddress> usable) {
        private boolean isOf(Identity asking) {
            return Objects.equals(who.session(), asking.session())
                    && Objects.equals(who.attachment(), asking.attachment());
        }
    }

    /** From any thread: something may have changed. */
    void change() {
        changes.incrementAndGet();
    }

    /** What was kept for a name; null for nothing that still holds. Always asked before the name is looked up and {@link #keep} called. */
    @Nullable
    Way find(Identity who, String name, Instant now) {
        forgetWhatMayHaveChanged(now);
        Way way = keeps ? known.get(new Key(who.terminal(), name)) : null;
        return way != null && way.isOf(who) ? way : null;
    }

    void keep(String name, Way way) {
        if (keeps) {
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(new Key(way.who().terminal(), name), way);
        }
    }

    private void forgetWhatMayHaveChanged(Instant now) {
        long changesNow = changes.get();
        Object editionNow = names.edition();
        if (changesNow != changesSeen || editionNow != edition || !now.isBefore(steadyUntil)) {
            known.clear();
            changesSeen = changesNow;
            edition = editionNow;
            steadyUntil = policy.steadyUntil(now);
            keeps = editionNow != null && now.isBefore(steadyUntil);
        }
    }
}
