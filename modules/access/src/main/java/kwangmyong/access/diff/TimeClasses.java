package kwangmyong.access.diff;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One moment of every kind that the hours and grants of some rules can tell apart: a week from now, and a week from every moment at which something
 * begins or ends for good, or a zone moves its clocks.
 */
final class TimeClasses {
    private static final Duration WEEK = Duration.ofDays(8);
    /** How many moves of a zone's clocks are looked at: there and back. */
    private static final int TRANSITIONS = 2;

    private final Set<Hours> hours = new HashSet<>();
    private final Set<Grant> grants = new HashSet<>();

    private TimeClasses(List<Policy> policies) {
        for (Policy policy : policies) {
            grants.addAll(policy.grants());
            policy.rules().stream().map(Rule::hours).forEach(this::add);
        }
    }

    private void add(@Nullable Hours some) {
        if (some != null) {
            hours.add(some);
        }
    }

    /** The first of each kind, earliest first; the first of all is {@code now}. */
    static List<Instant> of(List<Policy> policies, Instant now) {
        return new TimeClasses(policies).from(now);
    }

    private List<Instant> from(Instant now) {
        Set<Instant> beginnings = new TreeSet<>(Set.of(now));
        for (Grant grant : grants) {
            beginnings.add(grant.from());
            beginnings.add(grant.until());
        }
        for (Hours some : hours) {
            add(beginnings, some.since());
            add(beginnings, some.until());
        }
        for (Instant beginning : List.copyOf(beginnings)) {
            for (Hours some : hours) {
                addTransitions(beginnings, some.zone(), beginning);
            }
        }
        List<Instant> times = new ArrayList<>();
        Set<BitSet> seen = new HashSet<>();
        take(now, times, seen);
        for (Instant beginning : beginnings) {
            Instant end = beginning.plus(WEEK);
            for (Instant time = beginning; time.isBefore(end); time = nextTurn(time, end)) {
                take(time, times, seen);
            }
        }
        return times;
    }

    private static void add(Set<Instant> beginnings, @Nullable Instant time) {
        if (time != null) {
            beginnings.add(time);
            beginnings.add(time.minus(WEEK)); // what comes before it is a week like any other
        }
    }

    private static void addTransitions(Set<Instant> beginnings, ZoneId zone, Instant from) {
        Instant time = from;
        for (int i = 0; i < TRANSITIONS; i++) {
            var transition = zone.getRules().nextTransition(time);
            if (transition == null) {
                return;
            }
            time = transition.getInstant();
            beginnings.add(time);
        }
    }

    private Instant nextTurn(Instant time, Instant end) {
        Instant next = end;
        for (Hours some : hours) {
            Instant turn = some.nextTurn(time);
            next = turn.isBefore(next) ? turn : next;
        }
        return next;
    }

    private void take(Instant time, List<Instant> times, Set<BitSet> seen) {
        BitSet kind = new BitSet();
        int next = 0;
        for (Hours some : hours) {
            kind.set(next++, some.contains(time));
        }
        for (Grant grant : grants) {
            kind.set(next++, grant.standsAt(time));
        }
        if (seen.add(kind)) {
            times.add(time);
        }
    }
}
