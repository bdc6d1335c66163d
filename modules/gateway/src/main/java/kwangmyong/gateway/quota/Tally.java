package kwangmyong.gateway.quota;

import java.time.ZonedDateTime;

/** What one subject has used of one quota since the hour or day began. Any thread. */
final class Tally {
    /** Of what is kept; one less where it was kept before requests were counted. */
    static final int FIELDS = 5;

    private static final int SECONDS_A_MINUTE = 60;

    private final Quota quota;
    private long began;
    private long octets;
    private int minutes;
    private long lastMinute;
    private int requests;

    Tally(Quota quota) {
        this.quota = quota;
    }

    /** As it was kept; {@code fields} are what {@link #text} wrote. */
    synchronized void restore(String[] fields) {
        began = Long.parseLong(fields[0]);
        octets = Long.parseLong(fields[1]);
        minutes = Integer.parseInt(fields[2]);
        lastMinute = Long.parseLong(fields[3]);
        requests = fields.length == FIELDS ? Integer.parseInt(fields[FIELDS - 1]) : 0;
    }

    synchronized String text() {
        return began + " " + octets + " " + minutes + " " + lastMinute + " " + requests;
    }

    private void turn(ZonedDateTime now) {
        long begin = quota.each().begin(now);
        if (begin != began) {
            began = begin;
            octets = 0;
            minutes = 0;
            lastMinute = 0;
            requests = 0;
        }
    }

    /** Whether what goes on already has to end: the last request that may be had is had to its end. */
    synchronized boolean isSpent(ZonedDateTime now) {
        turn(now);
        boolean anotherMinute = minuteOf(now) != lastMinute; // the last one that counts may be used to its end
        boolean lastHasPassed = minutes > quota.minutes() || (minutes == quota.minutes() && anotherMinute);
        return (quota.octets() > 0 && octets >= quota.octets()) || (quota.minutes() > 0 && lastHasPassed);
    }

    /** Whether nothing more may begin. */
    synchronized boolean isUsedUp(ZonedDateTime now) {
        return isSpent(now) || (quota.requests() > 0 && requests >= quota.requests());
    }

    /** One more has begun. */
    synchronized void request(ZonedDateTime now) {
        turn(now);
        requests++;
    }

    synchronized long octetsLeft(ZonedDateTime now) {
        turn(now);
        return Math.max(0, quota.octets() - octets);
    }

    synchronized void add(long passed, ZonedDateTime now) {
        turn(now);
        octets += passed;
        if (minuteOf(now) != lastMinute) {
            lastMinute = minuteOf(now);
            minutes++;
        }
    }

    private static long minuteOf(ZonedDateTime now) {
        return now.toEpochSecond() / SECONDS_A_MINUTE;
    }
}
