package kwangmyong.access.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Every session there is, of whole terminals and of credentials alike, and what the store keeps of them. Any thread may read; only the desk's
 * changes it, a {@link Turn} at a time.
 */
public final class LiveSessions {
    private final Seating seating;
    private final CredentialSessions credentials;
    private final MinutesLedger minutes;
    private final Supplier<PolicySnapshot> rules;
    /** What ends sessions by itself, by their ids. */
    private final Map<String, String> endsBy = new ConcurrentHashMap<>();

    public LiveSessions(
            Seating seating, CredentialSessions credentials, MinutesLedger minutes, Supplier<PolicySnapshot> rules) {
        this.seating = seating;
        this.credentials = credentials;
        this.minutes = minutes;
        this.rules = rules;
    }

    public List<Session> of(String subject) {
        List<Session> all = new ArrayList<>(seating.of(subject));
        all.addAll(credentials.of(subject));
        return all;
    }

    /** By terminal; that of the whole terminal before those of credentials. */
    public List<Session> all() {
        List<Session> all = new ArrayList<>(seating.all());
        all.addAll(credentials.all());
        all.sort(Comparator.<Session, String>comparing(
                        session -> session.terminal().getHostAddress())
                .thenComparing(session -> session.origin() == Session.Origin.CREDENTIALS)
                .thenComparing(Session::subject)
                .thenComparing(Session::id));
        return all;
    }

    public int count() {
        return seating.count() + credentials.count();
    }

    @Nullable
    public String endsBy(String id) {
        return endsBy.get(id);
    }

    public void restored(String id, @Nullable String by) {
        if (by != null) {
            endsBy.put(id, by);
        }
    }

    /** What the store is to keep of a turn. */
    public List<Change> kept(Turn turn) {
        List<Change> changes = new ArrayList<>();
        PolicySnapshot current = rules.get();
        for (Turn.Going going : turn.going()) {
            Session session = going.session();
            if (session.origin() == Session.Origin.PORTAL) {
                changes.add(Change.remove(Kept.Session.class, Addresses.text(session.terminal())));
            }
            if (leavesSeat(going, current)) {
                changes.add(Change.put(new Kept.EmptySeat(Addresses.text(session.terminal()))));
            }
        }
        for (Turn.Coming coming : turn.coming()) {
            Session session = coming.session();
            if (session.origin() == Session.Origin.PORTAL) {
                changes.add(Change.put(KeptForms.of(session, coming.endsBy())));
            }
            if (coming.digest() == null && seating.isLeft(session.terminal())) {
                changes.add(Change.remove(Kept.EmptySeat.class, Addresses.text(session.terminal())));
            }
        }
        turn.subjects()
                .forEach(subject -> minutes.turned(subject, placesAfter(subject, turn, current), turn.at())
                        .forEach(row -> changes.add(Change.put(row))));
        return changes;
    }

    private static boolean leavesSeat(Turn.Going going, PolicySnapshot rules) {
        return going.leavesSeat()
                && going.session().origin() != Session.Origin.CREDENTIALS
                && rules.ownerOf(going.session().terminal()) != null;
    }

    /** Everybody whose minutes may have to be counted anew. */
    public Set<String> counting() {
        Set<String> all = new HashSet<>(minutes.counting());
        seating.all().forEach(session -> all.add(session.subject()));
        credentials.all().forEach(session -> all.add(session.subject()));
        return all;
    }

    /** What changes of minutes that are being used of quotas which are no longer. */
    public List<Change> stopped(Instant at) {
        return minutes.stopped(at).stream().map(Change::put).toList();
    }

    /** What changes of the minutes that somebody uses, by the sessions that there are. */
    public List<Change> recounted(String subject, Instant at) {
        Turn nothing = new Turn(List.of(), List.of(), at);
        return minutes.turned(subject, placesAfter(subject, nothing, rules.get()), at).stream()
                .map(Change::put)
                .toList();
    }

    /** Where somebody is logged in otherwise than at their own seat, after a turn. */
    private Set<String> placesAfter(String subject, Turn turn, PolicySnapshot current) {
        Set<String> ending = new HashSet<>();
        turn.going().forEach(going -> ending.add(going.session().id()));
        List<Session> after = of(subject);
        after.removeIf(session -> ending.contains(session.id()));
        turn.coming().forEach(coming -> after.add(coming.session()));
        Set<String> places = new HashSet<>();
        for (Session session : after) {
            Attachment place = current.attachmentOf(session.terminal());
            boolean counts = session.subject().equals(subject)
                    && session.origin() != Session.Origin.SEAT
                    && !subject.equals(current.ownerOf(session.terminal()));
            if (counts && place != null) {
                places.add(place.name());
            }
        }
        return places;
    }

    /** On the desk: puts a turn in force. */
    public void apply(Turn turn) {
        for (Turn.Going going : turn.going()) {
            Session session = going.session();
            endsBy.remove(session.id());
            if (session.origin() == Session.Origin.CREDENTIALS) {
                credentials.remove(session);
            } else {
                seating.remove(session);
            }
            if (leavesSeat(going, rules.get())) {
                seating.leave(session.terminal());
            }
        }
        for (Turn.Coming coming : turn.coming()) {
            Session session = coming.session();
            restored(session.id(), coming.endsBy());
            if (coming.digest() == null) {
                seating.put(session);
                seating.enter(session.terminal());
            } else {
                credentials.add(coming.digest(), session);
            }
        }
    }
}
