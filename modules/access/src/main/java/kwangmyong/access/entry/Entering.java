package kwangmyong.access.entry;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.access.account.Keys;
import kwangmyong.access.account.PublicKeyLine;
import kwangmyong.access.api.Entrance;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.entry.LogIns.Attempt;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.Seating;
import kwangmyong.access.session.Turn;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Log-ins of a whole terminal by connections that are held open. Somebody who is there already stays, as they came. */
public final class Entering implements Entrance {
    private static final String BY_PASSWORD = "by ssh-password";
    private static final String BY_KEY = "by ssh-key ";

    private final Supplier<PolicySnapshot> rules;
    private final Seating seating;
    private final LiveSessions live;
    private final Admission admission;
    private final LogIns logIns;
    private final SessionTable table;
    private final Keys keys;
    private final LabClock clock;
    private final Desk desk;

    public Entering(
            Supplier<PolicySnapshot> rules,
            Seating seating,
            LiveSessions live,
            Admission admission,
            LogIns logIns,
            SessionTable table,
            Keys keys,
            LabClock clock,
            Desk desk) {
        this.rules = rules;
        this.seating = seating;
        this.live = live;
        this.admission = admission;
        this.logIns = logIns;
        this.table = table;
        this.keys = keys;
        this.clock = clock;
        this.desk = desk;
    }

    @Override
    public boolean isKeyOf(String subject, String key) {
        String fingerprint = fingerprint(key);
        return fingerprint != null && keys.has(logIns.subjectName(subject), fingerprint);
    }

    /** Null for what is no key that is taken. */
    private static @Nullable String fingerprint(String key) {
        try {
            return PublicKeyLine.parse(key).fingerprint();
        } catch (OperationException unreadable) {
            return null;
        }
    }

    @Override
    public CompletionStage<Entry> byPassword(InetAddress terminal, String name, String password) {
        var attempt = new Attempt(terminal, logIns.subjectName(name), Layer.PORTAL, BY_PASSWORD);
        return logIns.verified(attempt, password, () -> entering(attempt), Entry.Refused::new);
    }

    @Override
    public CompletionStage<Entry> byKey(InetAddress terminal, String name, String key) {
        String fingerprint = fingerprint(key);
        var attempt = new Attempt(terminal, logIns.subjectName(name), Layer.PORTAL, BY_KEY + fingerprint);
        Reason misplaced = logIns.misplaced(attempt);
        if (misplaced != null) {
            return logIns.refused(attempt, misplaced, Entry.Refused::new);
        } else if (fingerprint == null) {
            return logIns.refused(attempt, Reason.BAD_CREDENTIALS, Entry.Refused::new);
        }
        return desk.submit(() -> keys.has(attempt.name(), fingerprint) ? entering(attempt) : unknown(attempt));
    }

    @Override
    public CompletionStage<Boolean> leave(InetAddress terminal, String session) {
        return table.leave(terminal, session);
    }

    /** On the desk: the key was taken away while its possession was proved. */
    private Plan<Entry> unknown(Attempt attempt) {
        Access asNobody = logIns.access(attempt, table.identity(attempt.terminal(), null));
        Decision decision = Decisions.refuse(rules.get(), asNobody, Reason.BAD_CREDENTIALS);
        return Plan.answer(
                Set.of(Plan.subject(attempt.name())),
                List.of(Event.of(asNobody, decision, attempt.how(), 0)),
                new Entry.Refused(decision));
    }

    /** On the desk. */
    private Plan<Entry> entering(Attempt attempt) {
        Instant now = KeptForms.kept(clock.now());
        Session present = seating.at(attempt.terminal(), clock);
        Turn.Coming coming = present != null && present.subject().equals(attempt.name())
                ? new Turn.Coming(present, live.endsBy(present.id()), null)
                : admission.fresh(attempt.name(), attempt.terminal(), Session.Origin.PORTAL, null, now);
        boolean stays = coming.session().equals(present);
        Turn turn = admission.taking(coming, now);
        Identity identity = table.identity(attempt.terminal(), coming.session());
        Access access = logIns.access(attempt, identity);
        Decision obstacle = admission.obstacle(access, coming.session());
        if (obstacle != null) {
            return Plan.answer(
                    Admission.touches(turn),
                    List.of(Event.of(access, obstacle, attempt.how(), 0)),
                    new Entry.Refused(obstacle));
        }
        Event logIn = Event.of(access, Decisions.decide(rules.get(), access), attempt.how(), 0);
        Entry entered = new Entry.Entered(identity, !stays);
        if (stays) {
            return new Plan<>(Admission.touches(turn), List.of(logIn), List.of(), List.of(), () -> entered, false);
        }
        return Plan.change(Admission.touches(turn), admission.taken(turn, logIn), live.kept(turn), () -> {
            live.apply(turn);
            return entered;
        });
    }
}
