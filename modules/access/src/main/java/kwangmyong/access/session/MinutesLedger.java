package kwangmyong.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What subjects have used of their quotas of minutes, by the lab's clock: the time of a day during which they were logged in, at however many
 * terminals. What is used up when follows from when it began, so that nothing counts while time passes. Reads the store; changes nothing.
 */
public final class MinutesLedger {
    private final Store store;
    private final Supplier<LimitsConfig> limits;

    public MinutesLedger(Store store, Supplier<LimitsConfig> limits) {
        this.store = store;
        this.limits = limits;
    }

    /** The quotas that speak of somebody. */
    public List<MinutesQuota> of(String subject) {
        return limits.get().quotas().stream()
                .filter(quota -> quota.concerns(subject))
                .toList();
    }

    private ZoneId zone() {
        return limits.get().zone();
    }

    private Optional<Kept.Minutes> row(MinutesQuota quota, String subject) {
        return store.find(Kept.Minutes.class, Kept.Minutes.id(quota.id(), subject));
    }

    /** What is used of today's, whole seconds begun. */
    public Duration used(MinutesQuota quota, String subject, Instant now) {
        return row(quota, subject)
                .map(row -> Duration.ofSeconds(used(row, now)))
                .orElse(Duration.ZERO);
    }

    private long used(Kept.Minutes row, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone());
        long before = row.day().equals(today) ? row.seconds() : 0;
        Instant since = row.since();
        if (since == null) {
            return before;
        }
        Instant midnight = today.atStartOfDay(zone()).toInstant();
        Instant begin = since.isAfter(midnight) ? since : midnight;
        return before + (now.isAfter(begin) ? begun(Duration.between(begin, now)) : 0);
    }

    private static long begun(Duration time) {
        return time.toSeconds() + (time.toNanosPart() > 0 ? 1 : 0);
    }

    /** The first quota that is used up for somebody at a place; null when none is. */
    @Nullable
    public MinutesQuota usedUp(String subject, String attachment, Instant now) {
        for (MinutesQuota quota : limits.get().quotas()) {
            if (quota.counts(subject, attachment) && used(quota, subject, now).compareTo(quota.each()) >= 0) {
                return quota;
            }
        }
        return null;
    }

    /** When a quota is used up by somebody who stays logged in from now on; null when it never is. */
    @Nullable
    Instant end(MinutesQuota quota, String subject, Instant now) {
        Instant today = now.plus(quota.each().minus(used(quota, subject, now)));
        Instant midnight = midnightAfter(now);
        if (today.isBefore(midnight)) {
            return today;
        }
        Instant tomorrow = midnight.plus(quota.each());
        return tomorrow.isBefore(midnightAfter(midnight)) ? tomorrow : null;
    }

    private Instant midnightAfter(Instant moment) {
        return LocalDate.ofInstant(moment, zone())
                .plusDays(1)
                .atStartOfDay(zone())
                .toInstant();
    }

    /**
     * What is to be kept when somebody is logged in at these places from a moment on, and at no others.
     *
     * @param attachments where they are logged in otherwise than at their own seat
     */
    List<Kept.Minutes> turned(String subject, Collection<String> attachments, Instant at) {
        List<Kept.Minutes> changed = new ArrayList<>();
        for (MinutesQuota quota : of(subject)) {
            boolean counts = attachments.stream().anyMatch(attachment -> quota.counts(subject, attachment));
            Kept.Minutes row = row(quota, subject).orElse(null);
            boolean counted = row != null && row.since() != null;
            if (counts != counted) {
                changed.add(new Kept.Minutes(
                        quota.id(),
                        subject,
                        LocalDate.ofInstant(at, zone()),
                        row == null ? 0 : used(row, at),
                        counts ? at : null));
            }
        }
        return changed;
    }

    /** What is to be kept of minutes that are being used of quotas that do not speak of their subject, or are not declared, any more. */
    List<Kept.Minutes> stopped(Instant at) {
        return store.all(Kept.Minutes.class).stream()
                .filter(row -> row.since() != null
                        && of(row.subject()).stream()
                                .noneMatch(quota -> quota.id().equals(row.quota())))
                .map(row -> new Kept.Minutes(
                        row.quota(), row.subject(), LocalDate.ofInstant(at, zone()), used(row, at), null))
                .toList();
    }

    /** Everybody of whom it is kept that they are using minutes. */
    List<String> counting() {
        return store.all(Kept.Minutes.class).stream()
                .filter(row -> row.since() != null)
                .map(Kept.Minutes::subject)
                .distinct()
                .toList();
    }
}
