package kwangmyong.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From values to places in a drawing. Logarithmic when every value is positive, since tools differ by orders of magnitude.
 *
 * @param low at the left edge
 * @param high at the right edge, more than {@code low}
 */
record Scale(double low, double high, boolean logarithmic) {
    private static final int MOST_TICKS = 7;
    /** Percent kept free at each edge for dots. */
    private static final double EDGE = 2;

    /** Room for those values and a little on both sides. */
    static Scale around(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (least > 0) {
            return new Scale(least / 1.5, most * 1.5, true);
        }
        return new Scale(least, most > least ? most * 1.1 : least + 1, false);
    }

    /** In percent of the width, within the drawing whatever the value. */
    String at(double value) {
        double within = Math.min(Math.max(value, low), high);
        double share = logarithmic ? Math.log(within / low) / Math.log(high / low) : (within - low) / (high - low);
        return String.format(Locale.ROOT, "%.1f%%", EDGE + share * (100 - 2 * EDGE));
    }

    boolean isLeftOf(double value) {
        return value < low;
    }

    boolean isRightOf(double value) {
        return value > high;
    }

    /** Round values within, at most seven. */
    List<Figure.Tick> ticks() {
        List<Double> ticks = logarithmic ? logarithmicTicks() : linearTicks();
        return ticks.stream()
                .map(value -> new Figure.Tick(at(value), label(value)))
                .toList();
    }

    private List<Double> logarithmicTicks() {
        for (int[] steps : new int[][] {{1, 2, 5}, {1, 3}, {1}}) {
            List<Double> ticks = logarithmicTicks(steps, 1);
            if (ticks.size() <= MOST_TICKS) {
                return ticks;
            }
        }
        return logarithmicTicks(new int[] {1}, (int) Math.ceil(Math.log10(high / low) / MOST_TICKS));
    }

    private List<Double> logarithmicTicks(int[] steps, int everyDecade) {
        List<Double> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= Math.log10(high); decade++) {
            if (Math.floorMod(decade, everyDecade) == 0) {
                for (int step : steps) {
                    double value = step * Math.pow(10, decade);
                    if (value >= low && value <= high) {
                        ticks.add(value);
                    }
                }
            }
        }
        return ticks;
    }

    private List<Double> linearTicks() {
        double step = Math.pow(10, Math.floor(Math.log10(high - low)));
        if ((high - low) / step < 3) {
            step /= 2;
        }
        List<Double> ticks = new ArrayList<>();
        for (double value = Math.ceil(low / step) * step; value <= high && ticks.size() < 12; value += step) {
            ticks.add(value);
        }
        return ticks.size() <= MOST_TICKS ? ticks : List.of(ticks.get(0), ticks.get(ticks.size() / 2));
    }

    /** Short enough for a phone: {@code 20M}. */
    private static String label(double value) {
        double size = Math.abs(value);
        String number = size >= 1e4 && size < 1e6 ? Words.number(value / 1e3) + "k" : Words.number(value);
        return number.replaceFirst("\\.0+(?=$|[kMG])", "");
    }
}
