package kwangmyong.gateway;

import java.time.Instant;
import kwangmyong.gateway.quota.Meter;
import kwangmyong.gateway.quota.Quota;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import org.jspecify.annotations.Nullable;

/** What quotas have to say of one request: whether it may be had at all, and how long. One event loop. */
final class Metering {
    private final Gateway gateway;
    private @Nullable String subject;
    private String host = "";
    private boolean counts;
    private boolean usedUp;

    Metering(Gateway gateway) {
        this.gateway = gateway;
    }

    /** What is permitted is denied where a quota is used up, and counted where none is. Nobody has to pay for the portal. */
    Ruling asked(Ruling ruling, Target.Remote remote) {
        return within(ruling, remote, Meter::request);
    }

    /** What would become of a request that nobody has made. */
    Ruling foreseen(Ruling ruling, Target.Remote remote) {
        return within(ruling, remote, Meter::usedUp);
    }

    /** What becomes of one that was counted and goes on. */
    Ruling goingOn(Ruling ruling, Target.Remote remote) {
        return within(ruling, remote, Meter::spent);
    }

    /** What a meter says. */
    private interface Asking {
        @Nullable
        Quota of(Meter meter, @Nullable String subject, String host, Instant now);
    }

    private Ruling within(Ruling ruling, Target.Remote remote, Asking asking) {
        Meter meter = gateway.meter();
        boolean free = ruling.decision().reason() == Reason.CAPTIVE
                || remote.host().equals(gateway.config().portal().host());
        if (meter == null || free || !(ruling instanceof Ruling.Reach reach)) {
            return ruling;
        }
        subject = reach.access().who().subject();
        host = remote.host();
        counts = true;
        Quota quota = asking.of(meter, subject, host, reach.access().when());
        return quota == null ? ruling : new Ruling.Refuse(reach.access(), denied(quota, reach.decision()));
    }

    private static Decision denied(Quota quota, Decision allowed) {
        return new Decision(
                Verdict.DENY,
                quota.id(),
                Reason.QUOTA_EXCEEDED,
                allowed.needed(),
                allowed.held(),
                quota.denial(),
                allowed.policy());
    }

    /** Octets have passed; whether that was the last that may. Said once. */
    boolean passed(int octets) {
        Meter meter = gateway.meter();
        if (meter == null || !counts || usedUp) {
            return false;
        }
        Instant now = gateway.clock().now();
        usedUp = meter.passed(subject, host, octets, now);
        return usedUp;
    }
}
