package kwangmyong.access.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants and sessions, to and from the form they are kept in. */
public final class KeptForms {
    private static final Logger log = LoggerFactory.getLogger(KeptForms.class);

    private KeptForms() {}

    /** As exact as a time is kept, so that what a start reads is what was in force before. */
    public static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    public static Kept.Grant of(Grant grant, Lattice lattice) {
        return new Kept.Grant(
                grant.id(),
                grant.subject(),
                lattice.show(grant.added()),
                grant.from(),
                grant.until(),
                grant.reason(),
                grant.by());
    }

    /** Empty when it adds what this lab's lattice no longer has. */
    public static Optional<Grant> grant(Kept.Grant kept, Lattice lattice) {
        try {
            return Optional.of(new Grant(
                    kept.id(),
                    kept.subject(),
                    lattice.clearance(kept.added()),
                    kept.from(),
                    kept.until(),
                    kept.reason(),
                    kept.by()));
        } catch (IllegalArgumentException noSuchWord) {
            log.warn("the grant of {} to {} is dropped: {}", kept.added(), kept.subject(), noSuchWord.getMessage());
            return Optional.empty();
        }
    }

    /**
     * A session as it is kept.
     *
     * @param endsBy what ends it by itself; null when nothing does
     */
    public static Kept.Session of(Session session, @Nullable String endsBy) {
        return new Kept.Session(
                session.id(),
                session.subject(),
                Addresses.text(session.terminal()),
                session.since(),
                session.until(),
                endsBy);
    }

    /**
     * A session that was kept.
     *
     * @throws IllegalArgumentException when its terminal is no address
     */
    public static Session session(Kept.Session kept) {
        return new Session(
                kept.session(),
                kept.subject(),
                Addresses.parse(kept.terminal()),
                kept.since(),
                kept.until(),
                Session.Origin.PORTAL);
    }
}
