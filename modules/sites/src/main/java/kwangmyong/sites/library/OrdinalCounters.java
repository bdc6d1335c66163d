package kwangmyong.sites.library;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/** Counts how many of the records found are in each subject. */
final class OrdinalCounters implements CollectorManager<OrdinalCounters.Counter, int[]> {
    private final int subjects;

    OrdinalCounters(int subjects) {
        this.subjects = subjects;
    }

    @Override
    public Counter newCollector() {
        return new Counter(subjects);
    }

    @Override
    public int[] reduce(Collection<Counter> counters) {
        int[] sum = new int[subjects];
        for (Counter counter : counters) {
            for (int i = 0; i < subjects; i++) {
                sum[i] += counter.counts[i];
            }
        }
        return sum;
    }

    /** The counts of one thread. */
    static final class Counter extends SimpleCollector {
        private final int[] counts;
        private @Nullable NumericDocValues ordinals;

        Counter(int subjects) {
            this.counts = new int[subjects];
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            ordinals = context.reader().getNumericDocValues(BookIndex.SUBJECT_ORDINAL);
        }

        @Override
        public void setScorer(Scorable scorer) {
            // only the count matters
        }

        @Override
        public void collect(int document) throws IOException {
            NumericDocValues values = ordinals;
            if (values != null && values.advanceExact(document)) {
                counts[(int) values.longValue()]++;
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
