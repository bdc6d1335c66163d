package kwangmyong.access.operate;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.entry.Admission;
import kwangmyong.access.entry.SessionTable;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.CredentialSessions;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.Limits;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.Turn;
import kwangmyong.access.store.Change;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/** Sessions as operators begin, lengthen and end them. */
public final class PresenceDesk {
    private final RulesInForce rules;
    private final SessionTable table;
    private final Seating seating;
    private final CredentialSessions credentials;
    private final LiveSessions live;
    private final Admission admission;
    private final Limits limits;
    private final Function<Session, SessionView> view;
    private final LabClock clock;
    private final Desk desk;

    /** @param view a session as shown now */
    public PresenceDesk(
            RulesInForce rules,
            SessionTable table,
            Seating seating,
            CredentialSessions credentials,
            LiveSessions live,
            Admission admission,
            Limits limits,
            Function<Session, SessionView> view,
            LabClock clock,
            Desk desk) {
        this.rules = rules;
        this.table = table;
        this.seating = seating;
        this.credentials = credentials;
        this.live = live;
        this.admission = admission;
        this.limits = limits;
        this.view = view;
        this.clock = clock;
        this.desk = desk;
    }

    CompletionStage<SessionView> logIn(String subjectName, String terminalText, String by) {
        return desk.submit(() -> {
            PolicySnapshot current = rules.snapshot();
            Subject subject = Names.subject(current, subjectName);
            InetAddress terminal = Names.terminal(current.policy(), terminalText);
            if (current.attachmentOf(terminal) == null) {
                throw new OperationException(Addresses.text(terminal) + " belongs to no attachment");
            }
            Instant now = KeptForms.kept(clock.now());
            Turn.Coming coming = admission.fresh(subject.name(), terminal, Session.Origin.PORTAL, null, now);
            Identity identity = table.identity(terminal, coming.session());
            var access = new Access(
                    identity, Layer.PORTAL, Action.LOG_IN, new Resource.ServiceName(Layer.PORTAL.word()), now);
            Decision obstacle = admission.obstacle(access, coming.session());
            if (obstacle != null) {
                throw OperationException.conflict(sentence(obstacle, terminal, subject.name()));
            }
            Turn turn = admission.taking(coming, now);
            Event logIn = table.event(identity, Layer.CONSOLE, "log-in", "by " + by);
            Session present = seating.at(terminal, clock);
            if (present != null && present.subject().equals(subject.name()) && present.until() == null) {
                return new Plan<>(
                        Admission.touches(turn),
                        List.of(logIn),
                        List.of(),
                        List.of(),
                        () -> view.apply(present),
                        false);
            }
            return Plan.change(Admission.touches(turn), admission.taken(turn, logIn), live.kept(turn), () -> {
                live.apply(turn);
                return view.apply(coming.session());
            });
        });
    }

    private String sentence(Decision obstacle, InetAddress terminal, String subject) {
        String at = Addresses.text(terminal);
        return switch (obstacle.reason()) {
            case SEAT_MISMATCH -> occupied(terminal, subject);
            case LOCKED -> subject + " is locked; unlock them first";
            case QUOTA_EXCEEDED -> subject + " has used up the minutes of " + obstacle.rule() + " today";
            case TOO_MANY_SESSIONS ->
                subject + " is logged in at " + limits.atOnce(subject)
                        + (limits.atOnce(subject) == 1 ? " terminal" : " terminals")
                        + " already, as many as may be at once";
            default ->
                subject + " may not log in at " + at + ": " + obstacle.reason().explanation();
        };
    }

    private String occupied(InetAddress terminal, String subject) {
        String owner = rules.snapshot().ownerOf(terminal);
        Session there = seating.at(terminal, clock);
        if (there == null || (owner != null && !owner.equals(subject))) {
            return Addresses.text(terminal) + " is the seat of " + owner;
        }
        return there.subject() + " is logged in at " + Addresses.text(terminal) + "; log them out first";
    }

    CompletionStage<Boolean> logOut(String terminalText, String by) {
        InetAddress terminal;
        try {
            terminal = Names.terminal(rules.snapshot().policy(), terminalText);
        } catch (OperationException notAnAddress) {
            return CompletableFuture.failedFuture(notAnAddress);
        }
        return table.logOut(terminal, Layer.CONSOLE, by);
    }

    CompletionStage<SessionView> end(String which, String by) {
        return desk.submit(() -> {
            Session session = find(which);
            SessionView last = view.apply(session);
            Turn turn = new Turn(List.of(new Turn.Going(session, true)), List.of(), KeptForms.kept(clock.now()));
            return Plan.change(
                    Admission.touches(turn),
                    List.of(table.event(table.identity(session.terminal(), session), Layer.CONSOLE, "end", "by " + by)),
                    live.kept(turn),
                    () -> {
                        live.apply(turn);
                        return last;
                    });
        });
    }

    /** The session of that id, or of which these are the first characters. */
    private Session find(String typed) {
        String which = typed.strip();
        List<Session> found = live.all().stream()
                .filter(session -> !which.isEmpty() && session.id().startsWith(which))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        } else if (found.isEmpty()) {
            throw OperationException.missing("there is no session '" + which + "'");
        }
        throw new OperationException(found.size() + " sessions begin with '" + which + "'; give more of it");
    }

    CompletionStage<SessionView> extend(String which, Duration longer, String by) {
        return desk.submit(() -> {
            Session session = find(which);
            if (longer.isNegative() || longer.isZero() || longer.compareTo(GrantRequest.LONGEST) > 0) {
                throw new OperationException("longer by " + longer + " (expected: more than zero, at most "
                        + GrantRequest.LONGEST.toDays() + " days)");
            }
            Instant until = session.until();
            if (until == null) {
                throw OperationException.conflict("the session of " + session.subject() + " at "
                        + Addresses.text(session.terminal()) + " does not end by itself");
            }
            Session longerOne = with(session, until.plus(longer));
            Set<Object> touches = Set.of(Plan.subject(session.subject()), session.terminal());
            var event = table.event(
                    table.identity(session.terminal(), session),
                    Layer.CONSOLE,
                    "extend",
                    "until " + longerOne.until() + " by " + by);
            return Plan.change(touches, List.of(event), kept(longerOne), () -> {
                if (longerOne.origin() == Session.Origin.CREDENTIALS) {
                    credentials.replace(longerOne);
                } else {
                    seating.put(longerOne);
                }
                return view.apply(longerOne);
            });
        });
    }

    private static Session with(Session session, Instant until) {
        return new Session(
                session.id(), session.subject(), session.terminal(), session.since(), until, session.origin());
    }

    private List<Change> kept(Session session) {
        return session.origin() != Session.Origin.PORTAL
                ? List.of()
                : List.of(Change.put(KeptForms.of(session, live.endsBy(session.id()))));
    }
}
