package kwangmyong.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.kernel.service.LabClock;

/** A lab clock that stands still until it is moved. */
public final class SettableClock implements LabClock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T09:00:00Z"));

    @Override
    public Instant now() {
        return Objects.requireNonNull(now.get());
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }
}
