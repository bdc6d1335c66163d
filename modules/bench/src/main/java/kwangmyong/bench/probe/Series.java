package kwangmyong.bench.probe;

import java.util.List;
import java.util.Map;

/** Times of the same thing done again and again. */
final class Series {
    private Series() {}

    /** Adds the least, the median and the greatest, each with its own name. */
    static void put(Map<String, Object> values, String name, List<Double> times) {
        if (times.isEmpty()) {
            return;
        }
        List<Double> sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        values.put(name + "_least", sorted.get(0));
        values.put(name + "_median", median);
        values.put(name + "_most", sorted.get(sorted.size() - 1));
    }
}
