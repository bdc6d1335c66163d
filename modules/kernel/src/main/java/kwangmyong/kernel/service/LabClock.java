package kwangmyong.kernel.service;

import java.time.Instant;

/** The lab's time: hours, sessions, TTLs, journal times. Socket time-outs are the machine's and not its business. */
@FunctionalInterface
public interface LabClock {
    Instant now();
}
