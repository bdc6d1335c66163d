package kwangmyong.gateway.quota;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * What is metered.
 *
 * @param zone whose hours and days count
 * @param file where what was used is kept for the next start
 */
public record QuotaConfig(List<Quota> quotas, ZoneId zone, Path file) {
    public QuotaConfig {
        quotas = List.copyOf(quotas);
    }
}
