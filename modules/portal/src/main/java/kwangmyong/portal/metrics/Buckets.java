package kwangmyong.portal.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long things took, by powers of two of a microsecond from 1 µs to about 8 s. Two additions for each; any thread.
 */
final class Buckets {
    /** The last holds all that took longer than the one before it allows. */
    static final int COUNT = 25;

    private final LongAdder[] counts = new LongAdder[COUNT];
    private final LongAdder sum = new LongAdder();

    Buckets() {
        for (int i = 0; i < COUNT; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** @param times how often in the same time */
    void add(long micros, long times) {
        counts[of(micros)].add(times);
        sum.add(Math.max(0, micros) * times);
    }

    /** The lowest bucket whose bound is not below: 0 and 1 µs are in the first. */
    static int of(long micros) {
        return micros <= 1 ? 0 : Math.min(COUNT - 1, Long.SIZE - Long.numberOfLeadingZeros(micros - 1));
    }

    /** The upper bound of a bucket, in seconds. */
    static double boundSeconds(int bucket) {
        return bucket == COUNT - 1 ? Double.POSITIVE_INFINITY : Math.scalb(1e-6, bucket);
    }

    long count(int bucket) {
        return counts[bucket].sum();
    }

    double sumSeconds() {
        return (double) sum.sum() / 1e6;
    }
}
