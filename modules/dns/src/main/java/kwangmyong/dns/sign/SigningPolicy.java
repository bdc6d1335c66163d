package kwangmyong.dns.sign;

import java.time.Duration;

/**
 * How one zone is signed.
 *
 * @param validity how long signatures are good for; they are made anew when a quarter of it is left
 */
public record SigningPolicy(Algorithm algorithm, Denial denial, Duration validity) {
    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(3650);

    /** P-256, compact, two weeks. */
    public static final SigningPolicy DEFAULT =
            new SigningPolicy(Algorithm.ECDSAP256SHA256, Denial.COMPACT, Duration.ofDays(14));

    public SigningPolicy {
        if (validity.compareTo(LEAST) < 0 || validity.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("validity: " + validity + " (expected: an hour to ten years)");
        }
    }
}
