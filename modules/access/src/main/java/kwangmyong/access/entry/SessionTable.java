package kwangmyong.access.entry;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.Limits;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.Turn;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

/** The live table of who is where, behind the kernel's port. Changes go through the {@link Desk}. */
public final class SessionTable implements Sessions {
    private final Supplier<PolicySnapshot> rules;
    private final Seating seating;
    private final CredentialSessions credentials;
    private final LiveSessions live;
    private final LogIns logIns;
    private final LabClock clock;
    private final Desk desk;

    public SessionTable(
            Supplier<PolicySnapshot> rules,
            Seating seating,
            CredentialSessions credentials,
            LiveSessions live,
            LogIns logIns,
            LabClock clock,
            Desk desk) {
        this.rules = rules;
        this.seating = seating;
        this.credentials = credentials;
        this.live = live;
        this.logIns = logIns;
        this.clock = clock;
        this.desk = desk;
    }

    @Override
    public Identity at(InetAddress terminal) {
        return identity(terminal, seating.at(terminal, clock));
    }

    public Identity identity(InetAddress terminal, @Nullable Session session) {
        return new Identity(terminal, rules.get().attachmentOf(terminal), session);
    }

    /** An identity of nobody always stands: nobody may do the least there is. */
    @Override
    public boolean stands(Identity identity) {
        return stands(identity, seating, credentials, rules.get(), clock);
    }

    static boolean stands(
            Identity identity, Seating seating, CredentialSessions credentials, PolicySnapshot rules, LabClock clock) {
        Session session = identity.session();
        if (session == null) {
            return true;
        }
        Session present = seating.at(identity.terminal(), clock);
        if (session.origin() != Session.Origin.CREDENTIALS) {
            return present != null && present.id().equals(session.id());
        }
        boolean displaced = present != null
                && !present.subject().equals(session.subject())
                && rules.policy().seatsAreExclusive();
        return !displaced && credentials.isLive(session.id(), clock.now());
    }

    @Override
    public CompletionStage<Authentication> authenticate(
            InetAddress terminal, String name, String password, Layer layer) {
        return logIns.authenticate(terminal, name, password, layer);
    }

    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        return logIns.logIn(terminal, name, password);
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return logOut(terminal, Layer.PORTAL, null);
    }

    /**
     * Ends whatever sessions a terminal has.
     *
     * @param by the operator, or null for the subject
     */
    public CompletionStage<Boolean> logOut(InetAddress terminal, Layer layer, @Nullable String by) {
        return logOut(terminal, layer, by, there -> true);
    }

    /**
     * As the other, where the terminal is still that session's.
     *
     * @param session its id
     */
    CompletionStage<Boolean> leave(InetAddress terminal, String session) {
        return logOut(
                terminal,
                Layer.PORTAL,
                null,
                there -> there != null && there.id().equals(session));
    }

    private CompletionStage<Boolean> logOut(
            InetAddress terminal, Layer layer, @Nullable String by, Predicate<@Nullable Session> which) {
        return desk.submit(() -> {
            Identity before = at(terminal);
            if (!which.test(before.session())) {
                return Plan.answer(Set.of(terminal), List.of(), false);
            }
            List<Turn.Going> going = new ArrayList<>();
            Session present = before.session();
            if (present != null) {
                going.add(new Turn.Going(present, true));
            }
            credentials.at(terminal).forEach(session -> going.add(new Turn.Going(session, false)));
            if (going.isEmpty()) {
                return Plan.answer(Set.of(terminal), List.of(), false);
            }
            Turn turn = new Turn(going, List.of(), KeptForms.kept(clock.now()));
            return Plan.change(
                    Admission.touches(turn),
                    List.of(event(before, layer, "log-out", by == null ? null : "by " + by)),
                    live.kept(turn),
                    () -> {
                        live.apply(turn);
                        return true;
                    });
        });
    }

    /** On the desk: ends what the clock has ended; tells whether anything was. */
    public boolean expire() {
        Instant now = KeptForms.kept(clock.now());
        List<Session> over = new ArrayList<>(seating.over(now));
        over.addAll(credentials.over(now));
        // Minutes are those until the last of a subject's sessions has ended, so the order counts.
        over.sort(Comparator.comparing(session -> Objects.requireNonNullElse(session.until(), now)));
        List<Event> events = new ArrayList<>();
        for (Session session : over) {
            Instant end = session.until() == null ? now : session.until();
            Turn turn = new Turn(List.of(new Turn.Going(session, true)), List.of(), end);
            if (session.origin() != Session.Origin.CREDENTIALS) {
                events.add(event(identity(session.terminal(), session), Layer.PORTAL, "expire", why(session)));
            }
            desk.keepLater(live.kept(turn));
            live.apply(turn);
        }
        desk.note(events);
        return !over.isEmpty();
    }

    private @Nullable String why(Session session) {
        String by = live.endsBy(session.id());
        if (by == null || by.equals(Limits.EXPIRY)) {
            return null;
        }
        return by.equals(Limits.MINUTES) ? "the minutes here are over" : "the minutes of " + by + " are used up";
    }

    /**
     * On the desk: what becomes of those whom the rules leave no place.
     *
     * @param current the rules from now on
     */
    public Fit fit(PolicySnapshot current) {
        Instant now = KeptForms.kept(clock.now());
        List<Turn.Going> going = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Session session : live.all()) {
            boolean stays = session.origin() == Session.Origin.CREDENTIALS
                    ? hasPlace(current, session)
                    : Seating.hasPlace(session, current);
            if (!stays) {
                going.add(new Turn.Going(session, false));
                if (session.origin() != Session.Origin.CREDENTIALS) {
                    events.add(event(
                            identity(session.terminal(), session),
                            Layer.PORTAL,
                            "end",
                            "the rules that were loaded leave no place for it"));
                }
            }
        }
        return new Fit(new Turn(going, List.of(), now), events);
    }

    /** Who has to go, and what the journal is told of it. */
    public record Fit(Turn turn, List<Event> events) {}

    /** On the desk: seats everybody who has a seat, has not left it and may be somewhere. */
    public void seatOwners(Predicate<String> mayBe) {
        PolicySnapshot current = rules.get();
        List<InetAddress> forgotten = seating.forgotten(current);
        forgotten.forEach(seating::enter);
        desk.keepLater(forgotten.stream()
                .map(seat -> Change.remove(Kept.EmptySeat.class, Addresses.text(seat)))
                .toList());
        seating.missing(current, mayBe, clock.now()).forEach(seating::put);
    }

    private static boolean hasPlace(PolicySnapshot rules, Session session) {
        String owner = rules.ownerOf(session.terminal());
        boolean mismatch = rules.policy().seatsAreExclusive() && owner != null && !owner.equals(session.subject());
        return !mismatch && rules.subject(session.subject()) != null && rules.attachmentOf(session.terminal()) != null;
    }

    /** The credentials of these, as what ends when their proof of identity is another. */
    public List<Turn.Going> credentialsOf(Collection<String> subjects) {
        List<Turn.Going> going = new ArrayList<>();
        for (String subject : new HashSet<>(subjects)) {
            credentials.of(subject).forEach(session -> going.add(new Turn.Going(session, false)));
        }
        return going;
    }

    public Event event(Identity who, Layer layer, String action, @Nullable String detail) {
        return new Event(
                clock.now(), layer, who, action, new Resource.ServiceName(Layer.PORTAL.word()), null, detail, 0);
    }
}
