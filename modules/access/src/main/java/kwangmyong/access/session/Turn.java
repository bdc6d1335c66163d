package kwangmyong.access.session;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that end and sessions that begin at one moment.
 *
 * @param at by the lab's clock
 */
public record Turn(List<Going> going, List<Coming> coming, Instant at) {
    public Turn {
        going = List.copyOf(going);
        coming = List.copyOf(coming);
    }

    /**
     * A session that ends.
     *
     * @param leavesSeat whether the seat, if the terminal is one and the session is of all of it, is empty from now on
     */
    public record Going(Session session, boolean leavesSeat) {}

    /**
     * A session that begins, or goes on with another end.
     *
     * @param endsBy what ends it by itself; null when nothing does
     * @param digest of the credentials that began it; null for a session of the whole terminal
     */
    public record Coming(
            Session session,
            @Nullable String endsBy,
            @Nullable String digest) {}

    /** Everybody whose sessions these are. */
    public Set<String> subjects() {
        return Stream.concat(going.stream().map(Going::session), coming.stream().map(Coming::session))
                .map(Session::subject)
                .collect(Collectors.toSet());
    }
}
