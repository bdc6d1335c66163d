package kwangmyong.access.watch;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import kwangmyong.access.api.Watch.Sign;

/** What counted once, and counts ever less. */
record Peak(Sign sign, Instant time) {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);

    int points(Instant now, WatchConfig config) {
        double halves = Math.max(0, now.getEpochSecond() - time.getEpochSecond())
                / (double) config.halfLife().toSeconds();
        return (int) Math.floor(sign.points() * Math.pow(0.5, halves));
    }

    Sign faded(Instant now, WatchConfig config, ZoneId zone) {
        return new Sign(
                sign.kind(),
                points(now, config),
                sign.explanation() + "; that was before " + WHEN.withZone(zone).format(time)
                        + " and has faded since, from " + sign.points() + " points",
                sign.value(),
                sign.threshold(),
                sign.examples());
    }
}
