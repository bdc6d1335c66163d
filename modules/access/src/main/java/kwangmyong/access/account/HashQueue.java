package kwangmyong.access.account;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where passwords wait to be hashed. Bounded, since a hash is dear: neither can those whom nobody knows take every place, nor those at one address, and
 * who has been right there before comes first.
 */
public final class HashQueue {
    /** How many may wait or be checked at once. */
    public static final int PLACES = 64;
    /** How many of them may be of names that have not been right at their address before. */
    static final int PLACES_OF_STRANGERS = 48;
    /** How many may be of one address, except of who is known there. */
    static final int PLACES_OF_AN_ADDRESS = 16;

    private final Executor threads;
    private int all;
    private int strangers;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final AtomicLong arrivals = new AtomicLong();

    /** @param threads whose queue, if it has one, puts what it is given in order: a {@code PriorityBlockingQueue} */
    public HashQueue(Executor threads) {
        this.threads = threads;
    }

    /** The check, under way; null when there is no place for it. */
    <T> @Nullable CompletableFuture<T> offer(String from, boolean known, Supplier<T> check) {
        if (!enter(from, known)) {
            return null;
        }
        var done = new CompletableFuture<T>();
        try {
            threads.execute(new Check(known, arrivals.incrementAndGet(), () -> {
                try {
                    done.complete(check.get());
                } catch (RuntimeException failure) {
                    done.completeExceptionally(failure);
                } finally {
                    leave(from, known);
                }
            }));
            return done;
        } catch (RejectedExecutionException stopped) {
            leave(from, known);
            return null;
        }
    }

    private synchronized boolean enter(String from, boolean known) {
        boolean full = all >= PLACES
                || (!known
                        && (strangers >= PLACES_OF_STRANGERS
                                || byAddress.getOrDefault(from, 0) >= PLACES_OF_AN_ADDRESS));
        if (full) {
            return false;
        }
        all++;
        if (!known) {
            strangers++;
            byAddress.merge(from, 1, Integer::sum);
        }
        return true;
    }

    private synchronized void leave(String from, boolean known) {
        all--;
        if (!known) {
            strangers--;
            byAddress.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Who is known comes before who is not, and then who came first. */
    private record Check(boolean known, long arrival, Runnable work) implements Runnable, Comparable<Check> {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public int compareTo(Check other) {
            return known != other.known ? (known ? -1 : 1) : Long.compare(arrival, other.arrival);
        }
    }
}
