package kwangmyong.dns.sign;

import java.time.Duration;
import java.time.Instant;

/** From when to when signatures are good, by the lab's clock. */
record SignatureWindow(Instant inception, Instant expiration, Instant renewal) {
    /** Validators' clocks that are a little slow believe a fresh signature too. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final int LEFT_AT_RENEWAL = 4; // a quarter

    static SignatureWindow from(Instant now, Duration validity) {
        return new SignatureWindow(
                now.minus(BACKDATED),
                now.plus(validity),
                now.plus(validity.minus(validity.dividedBy(LEFT_AT_RENEWAL))));
    }
}
