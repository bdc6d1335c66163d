package kwangmyong.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers, times and sizes as a report shows them. */
final class Words {
    /** Significant digits: more than any of the measurements deserves would mislead. */
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private static final int LONGEST_VALUE = 300;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** Three significant digits, or whole from 1,000 on: {@code 0.0123}, {@code 12,345}; from a million on with a letter: {@code 18.4M}. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        if (Math.abs(value) >= 1e6) {
            return Math.abs(value) >= 1e9
                    ? exact.scaleByPowerOfTen(-9).round(DIGITS).toPlainString() + "G"
                    : exact.scaleByPowerOfTen(-6).round(DIGITS).toPlainString() + "M";
        } else if (Math.abs(value) >= 1000) {
            return String.format(
                    Locale.ROOT, "%,d", exact.setScale(0, RoundingMode.HALF_UP).toBigInteger());
        }
        BigDecimal rounded = exact.round(DIGITS);
        return (rounded.signum() == 0 ? BigDecimal.ZERO : rounded).toPlainString();
    }

    static String time(@Nullable Instant time) {
        return time == null ? "not said" : TIME.format(time);
    }

    /** {@code 1 h 3 min}, {@code 12.4 s}. */
    static String took(@Nullable Instant begun, @Nullable Instant ended) {
        if (begun == null || ended == null) {
            return "not said";
        }
        Duration took = Duration.between(begun, ended);
        if (took.toHours() > 0) {
            return took.toHours() + " h " + took.toMinutesPart() + " min";
        }
        return took.toMinutes() >= 2
                ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
                : number(took.toMillis() / 1000.0) + " s";
    }

    static String size(long octets) {
        if (octets < 1024) {
            return octets + " B";
        }
        return octets < 1024 * 1024 ? number(octets / 1024.0) + " KiB" : number(octets / (1024.0 * 1024.0)) + " MiB";
    }

    /** A value of a probe; long ones are cut, since the file has them whole. */
    static String value(@Nullable Object value) {
        String text;
        if (value instanceof Number number) {
            text = isWhole(number) ? number.toString() : number(number.doubleValue());
        } else if (value instanceof Collection<?> several) {
            text = several.stream().map(Words::value).collect(Collectors.joining(", "));
        } else if (value instanceof Map<?, ?> members) {
            text = members.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                    .collect(Collectors.joining(", "));
        } else if (value instanceof Boolean truth) {
            text = truth ? "yes" : "no";
        } else {
            text = value == null ? "none" : value.toString();
        }
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof java.math.BigInteger;
    }

    /** {@code 12,345}. */
    static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 trial}, {@code 3 trials}. */
    static String count(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }
}
