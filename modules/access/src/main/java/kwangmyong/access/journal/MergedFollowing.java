package kwangmyong.access.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView.Following;
import org.jspecify.annotations.Nullable;

/** Follows every chain that there is, and those that come. What has been written when it looks comes by time; of each chain the order stays. */
final class MergedFollowing implements Following {
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);
    private static final long LOOK_FOR_CHAINS_AFTER = Duration.ofSeconds(1).toNanos();

    /** What chains there are. */
    @FunctionalInterface
    interface Chains {
        List<Chain> list() throws IOException;
    }

    private final Chains chains;
    private final JournalQuery query;
    private final Map<String, ChainFollowing> following = new LinkedHashMap<>();
    private final Map<String, JournalEntry> heads = new LinkedHashMap<>();
    private JournalCursor position;
    private long lookedAt;

    MergedFollowing(Chains chains, JournalQuery query, JournalCursor after) throws IOException {
        this.chains = chains;
        this.query = query;
        this.position = after;
        lookForChains();
    }

    private void lookForChains() throws IOException {
        lookedAt = System.nanoTime();
        for (Chain chain : chains.list()) {
            var wish = new Wish(query, chain.process());
            if (wish.isOfProcess() && !following.containsKey(chain.process())) {
                following.put(chain.process(), new ChainFollowing(chain, wish, position.seq(chain.process())));
            }
        }
    }

    @Override
    public @Nullable JournalEntry next(Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            JournalEntry entry = first();
            if (entry != null) {
                return entry;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return null;
            }
            LockSupport.parkNanos(this, Math.min(left, LOOK_AGAIN_AFTER.toNanos()));
            if (System.nanoTime() - lookedAt >= LOOK_FOR_CHAINS_AFTER) {
                lookForChains();
            }
        }
    }

    private @Nullable JournalEntry first() throws IOException {
        JournalEntry first = null;
        for (Map.Entry<String, ChainFollowing> chain : following.entrySet()) {
            JournalEntry head = heads.get(chain.getKey());
            if (head == null) {
                head = chain.getValue().next();
                if (head == null) {
                    position = position.with(chain.getKey(), chain.getValue().position());
                    continue;
                }
                heads.put(chain.getKey(), head);
            }
            if (first == null || time(head).compareTo(time(first)) < 0) {
                first = head;
            }
        }
        if (first != null) {
            heads.remove(first.process());
            position = position.with(first.process(), first.seq());
        }
        return first;
    }

    private static String time(JournalEntry entry) {
        String time = entry.get("time");
        return time == null ? "" : time;
    }

    @Override
    public JournalCursor position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        for (ChainFollowing one : following.values()) {
            one.close();
        }
    }
}
