package kwangmyong.kernel.place;

import java.math.BigDecimal;

/** What a terminal costs, in United States dollars for each hour of a session. */
public record Tariff(BigDecimal usdPerHour) {
    public Tariff {
        if (usdPerHour.signum() < 0) {
            throw new IllegalArgumentException("usd_per_hour: " + usdPerHour + " (expected: 0 or more)");
        }
    }
}
