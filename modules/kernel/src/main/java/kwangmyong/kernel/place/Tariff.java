package kwangmyong.kernel.place;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a terminal costs, in United States dollars for each hour of a session. */
public record Tariff(BigDecimal usdPerHour) {
    public Tariff {
        if (usdPerHour.signum() < 0) {
            throw new IllegalArgumentException("usd_per_hour: " + usdPerHour + " (expected: 0 or more)");
        }
    }

    /**
     * What so many minutes cost, in United States dollars and cents, halves rounded up.
     *
     * @param minutes whole ones; 0 or more
     */
    public BigDecimal price(long minutes) {
        return usdPerHour.multiply(BigDecimal.valueOf(minutes)).divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    }
}
