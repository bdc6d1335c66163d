package kwangmyong.lab.bench.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.config.Value;

/** Times, shares and rates as recipes write them. The schemas have seen to their form: what has another is told already, and counts as absent. */
final class Measures {
    private static final String NUMBER = "[0-9]{1,9}(\\.[0-9]{1,4})?";

    private Measures() {}

    /** {@code 80ms}, {@code 10s}, {@code 2m}. */
    static Optional<Duration> duration(Section section, String key) {
        return text(section, key, "ms|s|m").map(text -> {
            long millis = text.endsWith("ms") ? 1 : text.endsWith("s") ? 1_000 : 60_000;
            return Duration.ofMillis(
                    number(text).multiply(BigDecimal.valueOf(millis)).longValue());
        });
    }

    /** {@code 0.5%}, as a number from 0 to 1. */
    static Optional<Double> share(Section section, String key) {
        return text(section, key, "%").map(text -> number(text).movePointLeft(2).doubleValue());
    }

    /** {@code 2Mbit}, in bits a second. */
    static Optional<Long> rate(Section section, String key) {
        return text(section, key, "[kMG]?bit").map(text -> {
            char unit = text.charAt(text.length() - "bit".length() - 1);
            int zeros = unit == 'k' ? 3 : unit == 'M' ? 6 : unit == 'G' ? 9 : 0;
            return number(text).movePointRight(zeros).longValue();
        });
    }

    private static Optional<String> text(Section section, String key, String unit) {
        return section.value(key).map(Value::text).filter(text -> text.matches(NUMBER + "(" + unit + ")"));
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replaceFirst("[A-Za-z%]+$", ""));
    }
}
