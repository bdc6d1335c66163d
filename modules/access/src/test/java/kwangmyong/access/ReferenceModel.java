package kwangmyong.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Session.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Who is where, for how long, and who may not, told as plainly as docs/access.md tells it: no plans, no groups, no index; every question goes through
 * everything. Written from that page, to keep the controller honest.
 */
final class ReferenceModel {
    Instant now;
    Policy declared;
    AccessConfig config;
    final List<Subject> added = new ArrayList<>();
    final List<Grant> grants = new ArrayList<>();
    final Set<String> locked = new HashSet<>();
    final Set<InetAddress> leftSeats = new HashSet<>();
    final List<Stay> stays = new ArrayList<>();
    private final ReferenceMinutes minutes = new ReferenceMinutes();

    ReferenceModel(Policy declared, AccessConfig config, Instant now) {
        this.declared = declared;
        this.config = config;
        this.now = now;
        seatOwners();
    }

    /** A session. */
    static final class Stay {
        final String subject;
        final InetAddress terminal;
        final Origin origin;

        @Nullable
        Instant until;

        Stay(String subject, InetAddress terminal, Origin origin, @Nullable Instant until) {
            this.subject = subject;
            this.terminal = terminal;
            this.origin = origin;
            this.until = until;
        }

        /** Far away where it does not end by itself. */
        Instant end() {
            return until == null ? Instant.MAX : until;
        }

        boolean isWhole() {
            return origin != Origin.CREDENTIALS;
        }
    }

    Policy policy() {
        List<Subject> all = new ArrayList<>(declared.subjects());
        all.addAll(added);
        return declared.withSubjects(all).withGrants(grants);
    }

    Optional<Subject> subject(String name) {
        return policy().subjects().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    Optional<Attachment> place(InetAddress terminal) {
        return declared.attachments().stream()
                .filter(one -> one.contains(terminal))
                .findFirst();
    }

    Optional<String> owner(InetAddress terminal) {
        return policy().subjects().stream()
                .filter(one -> one.seats().contains(terminal))
                .map(Subject::name)
                .findFirst();
    }

    Optional<Stay> at(InetAddress terminal) {
        return stays.stream()
                .filter(stay -> stay.isWhole() && stay.terminal.equals(terminal))
                .findFirst();
    }

    private boolean isOwnSeat(String subject, InetAddress terminal) {
        return owner(terminal).filter(subject::equals).isPresent();
    }

    /** The clock goes on; what is over by then ends when it is over. */
    void passes(Duration time) {
        Instant then = now.plus(time);
        while (true) {
            Stay next = stays.stream()
                    .filter(stay -> !stay.end().isAfter(then))
                    .min((one, other) -> one.end().compareTo(other.end()))
                    .orElse(null);
            if (next == null) {
                break;
            }
            now = next.end().isAfter(now) ? next.end() : now;
            remove(next, true);
        }
        now = then;
        grants.removeIf(grant -> !now.isBefore(grant.until()));
    }

    void remove(Stay stay, boolean leaves) {
        stays.remove(stay);
        if (leaves && stay.isWhole() && owner(stay.terminal).isPresent()) {
            leftSeats.add(stay.terminal);
        }
        recount();
    }

    /** Why somebody whose proof holds may not have a session; empty when they may. */
    Optional<Reason> obstacle(String subject, InetAddress terminal) {
        boolean somebodyElses = at(terminal)
                        .filter(stay -> !stay.subject.equals(subject))
                        .isPresent()
                || owner(terminal).filter(owner -> !owner.equals(subject)).isPresent();
        boolean ownSeat = isOwnSeat(subject, terminal);
        long elsewhere = stays.stream()
                .filter(stay -> stay.subject.equals(subject)
                        && !stay.terminal.equals(terminal)
                        && !isOwnSeat(subject, stay.terminal))
                .map(stay -> stay.terminal)
                .distinct()
                .count();
        int most =
                config.limits().atOnceOf().getOrDefault(subject, config.limits().atOnce());
        if (somebodyElses) {
            return Optional.of(Reason.SEAT_MISMATCH);
        } else if (subject(subject).isEmpty()) {
            return Optional.of(Reason.BAD_CREDENTIALS);
        } else if (locked.contains(subject)) {
            return Optional.of(Reason.LOCKED);
        } else if (!ownSeat
                && quotas(subject, terminal)
                        .anyMatch(quota -> minutes.used(
                                        quota, subject, now, config.limits().zone())
                                >= quota.each().toSeconds())) {
            return Optional.of(Reason.QUOTA_EXCEEDED);
        } else if (!ownSeat && most > 0 && elsewhere >= most) {
            return Optional.of(Reason.TOO_MANY_SESSIONS);
        }
        return Optional.empty();
    }

    private Stream<MinutesQuota> quotas(String subject, InetAddress terminal) {
        return config.limits().quotas().stream()
                .filter(quota -> (quota.subjects().isEmpty() || quota.subjects().contains(subject))
                        && place(terminal)
                                .filter(place -> quota.attachments().isEmpty()
                                        || quota.attachments().contains(place.name()))
                                .isPresent());
    }

    void logIn(String subject, InetAddress terminal) {
        Optional<Stay> there = at(terminal);
        if (there.isPresent() && there.get().until == null) {
            return;
        }
        there.ifPresent(stays::remove);
        boolean ownSeat = isOwnSeat(subject, terminal);
        Origin origin = ownSeat ? Origin.SEAT : Origin.PORTAL;
        stays.add(new Stay(subject, terminal, origin, ownSeat ? null : end(subject, terminal, config.portalSession())));
        leftSeats.remove(terminal);
        recount();
    }

    /** Credentials that began a session are good for as long as it stands. */
    boolean isRecognised(String subject, InetAddress terminal) {
        boolean displaced =
                at(terminal).filter(stay -> !stay.subject.equals(subject)).isPresent();
        return !displaced
                && stays.stream()
                        .anyMatch(stay ->
                                !stay.isWhole() && stay.subject.equals(subject) && stay.terminal.equals(terminal));
    }

    void authenticate(String subject, InetAddress terminal) {
        boolean known = stays.stream()
                .anyMatch(stay -> !stay.isWhole() && stay.subject.equals(subject) && stay.terminal.equals(terminal));
        if (!known) {
            Instant end = end(subject, terminal, config.credentialSession());
            stays.add(new Stay(subject, terminal, Origin.CREDENTIALS, end));
            recount();
        }
    }

    private Instant end(String subject, InetAddress terminal, Duration lasting) {
        Instant end = now.plus(lasting);
        if (isOwnSeat(subject, terminal)) {
            return end;
        }
        Duration longest = place(terminal).map(Attachment::longest).orElse(null);
        if (longest != null && now.plus(longest).isBefore(end)) {
            end = now.plus(longest);
        }
        for (MinutesQuota quota : quotas(subject, terminal).toList()) {
            Instant midnight =
                    day(now).plusDays(1).atStartOfDay(config.limits().zone()).toInstant();
            Instant usedUp = now.plusSeconds(quota.each().toSeconds()
                    - minutes.used(quota, subject, now, config.limits().zone()));
            if (!usedUp.isBefore(midnight)) {
                usedUp = midnight.plus(quota.each()); // no quota here is of a whole day
            }
            end = usedUp.isBefore(end) ? usedUp : end;
        }
        return end;
    }

    private LocalDate day(Instant when) {
        return LocalDate.ofInstant(when, config.limits().zone());
    }

    /** Minutes are used from now on by those who are logged in where they count, and by nobody else. */
    private void recount() {
        Set<String> counting = new HashSet<>();
        for (Stay stay : stays) {
            if (stay.origin != Origin.SEAT && !isOwnSeat(stay.subject, stay.terminal)) {
                quotas(stay.subject, stay.terminal)
                        .forEach(quota -> counting.add(ReferenceMinutes.key(quota, stay.subject)));
            }
        }
        minutes.turn(counting, now);
    }

    void oust(String subject) {
        stays.removeIf(stay -> stay.subject.equals(subject));
        recount();
    }

    void forget(String subject) {
        oust(subject);
        subject(subject).ifPresent(one -> leftSeats.removeAll(one.seats()));
        added.removeIf(one -> one.name().equals(subject));
        locked.remove(subject);
        grants.removeIf(grant -> grant.subject().equals(subject));
        minutes.forget(subject);
        seatOwners();
    }

    void reload(Policy policy, AccessConfig current) {
        declared = policy;
        config = current;
        grants.removeIf(grant -> subject(grant.subject()).isEmpty());
        stays.removeIf(stay -> subject(stay.subject).isEmpty()
                || place(stay.terminal).isEmpty()
                || owner(stay.terminal)
                        .filter(owner -> !owner.equals(stay.subject))
                        .isPresent()
                || (stay.origin == Origin.SEAT && owner(stay.terminal).isEmpty()));
        leftSeats.removeIf(seat -> owner(seat).isEmpty());
        seatOwners();
        recount();
    }

    /** Another process: credentials are not recognised any more, seats are taken anew. */
    void crash() {
        stays.removeIf(stay -> stay.origin != Origin.PORTAL);
        reload(declared, config);
    }

    void seatOwners() {
        for (Subject subject : policy().subjects()) {
            for (InetAddress seat : subject.seats()) {
                if (!leftSeats.contains(seat) && at(seat).isEmpty() && !locked.contains(subject.name())) {
                    stays.add(new Stay(subject.name(), seat, Origin.SEAT, null));
                }
            }
        }
    }

    /** Everything that can be seen, as text that differs where anything does. */
    Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        stays.forEach(stay -> seen.put(
                stay.terminal.getHostAddress() + " " + (stay.isWhole() ? "" : "by credentials of " + stay.subject),
                stay.subject + " until " + (stay.until == null ? "log-out" : stay.until)));
        Map<String, Long> used = new LinkedHashMap<>();
        policy().subjects()
                .forEach(subject -> config.limits().quotas().stream()
                        .filter(quota -> quota.concerns(subject.name()))
                        .forEach(quota -> used.put(
                                subject.name() + " of " + quota.id(),
                                minutes.used(
                                        quota,
                                        subject.name(),
                                        now,
                                        config.limits().zone()))));
        used.forEach((key, seconds) -> seen.put("used by " + key, seconds + " s"));
        locked.stream().filter(name -> subject(name).isPresent()).forEach(name -> seen.put("locked " + name, "yes"));
        grants.forEach(grant -> seen.put("grant to " + grant.subject() + " until " + grant.until(), "yes"));
        return seen;
    }
}
