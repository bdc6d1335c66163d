package kwangmyong.access;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.access.StateFile.SavedGrant;
import kwangmyong.access.StateFile.SavedSession;
import kwangmyong.access.StateFile.State;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants, sessions and empty seats, to and from the form they are saved in. Sessions of seats are not saved: every start makes them. */
record SavedState(List<Grant> grants, List<Session> sessions, Set<InetAddress> emptySeats) {
    private static final Logger log = LoggerFactory.getLogger(SavedState.class);

    /** @throws IllegalArgumentException or DateTimeParseException when something in it is no address or time */
    static SavedState read(State state, Lattice lattice) {
        return new SavedState(
                state.grants().stream()
                        .map(saved -> grant(saved, lattice))
                        .filter(Objects::nonNull)
                        .toList(),
                state.sessions().stream().map(SavedState::session).toList(),
                state.emptySeats().stream().map(Addresses::parse).collect(Collectors.toSet()));
    }

    static State write(List<Grant> grants, Seating seating, Lattice lattice) {
        return State.of(
                grants.stream().map(grant -> saved(grant, lattice)).toList(),
                seating.all().stream()
                        .filter(session -> session.origin() != Session.Origin.SEAT)
                        .map(SavedState::saved)
                        .toList(),
                seating.emptySeats().stream()
                        .map(InetAddress::getHostAddress)
                        .sorted()
                        .toList());
    }

    /** Null when it adds what this lab's lattice no longer has. */
    private static @Nullable Grant grant(SavedGrant saved, Lattice lattice) {
        try {
            return new Grant(
                    saved.id(),
                    saved.subject(),
                    lattice.clearance(saved.added()),
                    Instant.parse(saved.from()),
                    Instant.parse(saved.until()),
                    saved.reason(),
                    saved.by());
        } catch (IllegalArgumentException noSuchWord) {
            log.warn("the grant of {} to {} is dropped: {}", saved.added(), saved.subject(), noSuchWord.getMessage());
            return null;
        }
    }

    private static SavedGrant saved(Grant grant, Lattice lattice) {
        return new SavedGrant(
                grant.id(),
                grant.subject(),
                lattice.show(grant.added()),
                grant.from().toString(),
                grant.until().toString(),
                grant.reason(),
                grant.by());
    }

    private static Session session(SavedSession saved) {
        return new Session(
                saved.id(),
                saved.subject(),
                Addresses.parse(saved.terminal()),
                Instant.parse(saved.since()),
                saved.end(),
                Session.Origin.PORTAL);
    }

    private static SavedSession saved(Session session) {
        return new SavedSession(
                session.id(),
                session.subject(),
                Addresses.text(session.terminal()),
                session.since().toString(),
                session.until() == null ? null : session.until().toString());
    }
}
