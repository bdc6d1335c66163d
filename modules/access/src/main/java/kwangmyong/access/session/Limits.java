package kwangmyong.access.session;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** When a session ends by itself, and at how many terminals somebody may be. A session's end is settled when it begins. */
public final class Limits {
    public static final String EXPIRY = "expiry";
    public static final String MINUTES = "minutes";

    private final Supplier<AccessConfig> config;
    private final MinutesLedger minutes;

    public Limits(Supplier<AccessConfig> config, MinutesLedger minutes) {
        this.config = config;
        this.minutes = minutes;
    }

    /**
     * The end of a session.
     *
     * @param at null when it does not end by itself
     * @param by {@link #EXPIRY}, {@link #MINUTES} or a quota's id; null when it does not end by itself
     */
    public record End(@Nullable Instant at, @Nullable String by) {
        static final End NEVER = new End(null, null);

        End orEarlier(@Nullable Instant other, String otherBy) {
            return other != null && (at == null || other.isBefore(at)) ? new End(other, otherBy) : this;
        }
    }

    /** The end of a log-in of somebody from now on: the least of all that would end it. */
    public End end(Session.Origin origin, String subject, @Nullable Attachment place, boolean atOwnSeat, Instant now) {
        if (origin == Session.Origin.SEAT) {
            return End.NEVER;
        }
        Duration lasting = origin == Session.Origin.PORTAL
                ? config.get().portalSession()
                : config.get().credentialSession();
        End end = new End(now.plus(lasting), EXPIRY);
        if (place == null || atOwnSeat) {
            return end;
        } else if (place.longest() != null) {
            end = end.orEarlier(now.plus(place.longest()), MINUTES);
        }
        for (MinutesQuota quota : minutes.of(subject)) {
            if (quota.counts(subject, place.name())) {
                end = end.orEarlier(minutes.end(quota, subject, now), quota.id());
            }
        }
        return end;
    }

    /** Whether somebody is logged in at as many other terminals as they may be; their own seats do not count. */
    public boolean isEverywhere(
            String subject, InetAddress terminal, Collection<Session> sessions, PolicySnapshot rules) {
        int most = config.get().limits().atOnceOf(subject);
        if (most == 0 || subject.equals(rules.ownerOf(terminal))) {
            return false;
        }
        Set<InetAddress> elsewhere = new HashSet<>();
        for (Session session : sessions) {
            if (!session.terminal().equals(terminal) && !subject.equals(rules.ownerOf(session.terminal()))) {
                elsewhere.add(session.terminal());
            }
        }
        return elsewhere.size() >= most;
    }

    public int atOnce(String subject) {
        return config.get().limits().atOnceOf(subject);
    }
}
