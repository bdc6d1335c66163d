package kwangmyong.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How many requests each client has left: a bucket that fills by and by. Knows so many clients; who was not seen longest is forgotten first. */
final class Buckets {
    private static final int MOST_CLIENTS = 4_096;
    private static final double NANOS = 1e9;

    private final int burst;
    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> clients = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private static final class Bucket {
        private double left;
        private long seen;

        private Bucket(double left, long seen) {
            this.left = left;
            this.seen = seen;
        }
    }

    /** @param nanos a clock that only goes forward */
    Buckets(int burst, int perSecond, LongSupplier nanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Takes one; false when the client has none left. */
    synchronized boolean take(String client) {
        long now = nanos.getAsLong();
        Bucket bucket = clients.computeIfAbsent(client, fresh -> new Bucket(burst, now));
        bucket.left = Math.min(burst, bucket.left + (now - bucket.seen) / NANOS * perSecond);
        bucket.seen = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}
