package kwangmyong.border.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people write of conditions: {@code 80ms}, {@code 0.5%}, {@code 2Mbit}. */
public final class Quantities {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?([A-Za-z%]*)");
    private static final Map<String, Long> TIMES = Map.of(
            "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final Map<String, Long> RATES =
            Map.of("bit", 1L, "kbit", 1_000L, "Mbit", 1_000_000L, "Gbit", 1_000_000_000L);
    private static final Map<String, Long> SIZES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Quantities() {}

    /**
     * A time.
     *
     * @throws IllegalArgumentException when it is none with a unit
     */
    public static Duration time(String text) {
        return Duration.ofNanos(whole(text, TIMES, "a time such as 80ms, 2s or 1h"));
    }

    /**
     * Bits a second.
     *
     * @throws IllegalArgumentException when it is no rate with a unit
     */
    public static long rate(String text) {
        return whole(text, RATES, "a rate such as 512kbit or 2Mbit");
    }

    /**
     * Octets.
     *
     * @throws IllegalArgumentException when it is no size with a unit
     */
    public static long size(String text) {
        return whole(text, SIZES, "a size such as 16MiB");
    }

    /**
     * A share, 0 to 1.
     *
     * @throws IllegalArgumentException when it is no percentage
     */
    public static double share(String text) {
        Matcher parts = QUANTITY.matcher(text.strip());
        if (!parts.matches() || !parts.group(2).equals("%")) {
            throw new IllegalArgumentException("'" + text + "' is not a percentage such as 0.5%");
        }
        return new BigDecimal(parts.group(1)).movePointLeft(2).doubleValue();
    }

    private static long whole(String text, Map<String, Long> units, String expected) {
        Matcher parts = QUANTITY.matcher(text.strip());
        Long unit = parts.matches() ? units.get(parts.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + expected);
        }
        try {
            return new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException tooMuch) {
            throw new IllegalArgumentException("'" + text + "' is too much", tooMuch);
        }
    }
}
