package kwangmyong.access.operate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kwangmyong.access.account.Keys;
import kwangmyong.access.account.PasswordHashes;
import kwangmyong.access.account.Passwords;
import kwangmyong.access.account.PublicKeyLine;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.entry.Admission;
import kwangmyong.access.entry.SessionTable;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.session.LiveSessions;
import kwangmyong.access.session.Turn;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** Adding, removing, locking people, and how they prove who they are. */
public final class PeopleDesk {
    private final RulesInForce rules;
    private final SessionTable table;
    private final LiveSessions live;
    private final Passwords passwords;
    private final Keys keys;
    private final Store store;
    private final Function<String, SubjectView> view;
    private final LabClock clock;
    private final Desk desk;

    /** @param view a subject as shown now */
    public PeopleDesk(
            RulesInForce rules,
            SessionTable table,
            LiveSessions live,
            Passwords passwords,
            Keys keys,
            Store store,
            Function<String, SubjectView> view,
            LabClock clock,
            Desk desk) {
        this.rules = rules;
        this.table = table;
        this.live = live;
        this.passwords = passwords;
        this.keys = keys;
        this.store = store;
        this.view = view;
        this.clock = clock;
        this.desk = desk;
    }

    private Policy policy() {
        return rules.snapshot().policy();
    }

    private Subject subject(String typed) {
        return Names.subject(rules.snapshot(), typed);
    }

    private Event event(String action, String subject, String detail) {
        return new Event(clock.now(), Layer.CONSOLE, null, action, subject, null, detail, 0);
    }

    /** What becomes of somebody who may not stay: every session of theirs ends. */
    private Turn ousted(String subject) {
        List<Turn.Going> going = live.of(subject).stream()
                .map(session -> new Turn.Going(session, false))
                .toList();
        return new Turn(going, List.of(), KeptForms.kept(clock.now()));
    }

    private List<Event> ends(Turn turn, String by) {
        List<Event> events = new ArrayList<>();
        for (Turn.Going going : turn.going()) {
            Session session = going.session();
            if (session.origin() != Session.Origin.CREDENTIALS) {
                events.add(table.event(table.identity(session.terminal(), session), Layer.CONSOLE, "end", "by " + by));
            }
        }
        return events;
    }

    private Set<Object> touches(String subject, Turn turn) {
        Set<Object> touches = new HashSet<>(Admission.touches(turn));
        touches.add(Plan.subject(subject));
        Subject known = rules.snapshot().subject(subject);
        if (known != null) {
            touches.addAll(known.seats());
        }
        return touches;
    }

    CompletionStage<SubjectView> add(NewSubject asked, String by) {
        return hashed(asked.password())
                .thenCompose(hash -> desk.submit(() -> {
                    Kept.Person person = AddedPeople.person(asked, KeptForms.kept(clock.now()), by);
                    Subject added = AddedPeople.subject(person, policy(), policy().subjects());
                    Set<Object> touches = new HashSet<>(Set.of(Plan.subject(added.name())));
                    touches.addAll(added.seats());
                    if (added.mailbox() != null) {
                        touches.add(Plan.mailbox(added.mailbox()));
                    }
                    List<Change> kept = new ArrayList<>(List.of(Change.put(person)));
                    Kept.Password password = hash == null ? null : password(added.name(), hash, by);
                    if (password != null) {
                        kept.add(Change.put(password));
                    }
                    String detail = "%s%s%s by %s"
                            .formatted(
                                    policy().lattice().show(added.clearance()),
                                    person.seats().isEmpty() ? "" : ", at " + String.join(" ", person.seats()),
                                    added.mailbox() == null ? "" : ", " + added.mailbox(),
                                    by);
                    return Plan.change(touches, List.of(event("add-subject", added.name(), detail)), kept, () -> {
                        List<Subject> people = new ArrayList<>(rules.added());
                        people.add(added);
                        rules.add(people);
                        if (password != null) {
                            passwords.set(added.name(), password);
                        }
                        table.seatOwners(this::mayBe);
                        return view.apply(added.name());
                    });
                }));
    }

    CompletionStage<SubjectView> remove(String typed, String by) {
        return desk.submit(() -> {
            String name = subject(typed).name();
            if (rules.isSubjectDeclared(name)) {
                throw OperationException.conflict(
                        name + " is declared in the configuration; take them out there, or lock them");
            }
            SubjectView last = view.apply(name);
            Turn turn = ousted(name);
            List<Change> kept = new ArrayList<>(live.kept(turn));
            kept.add(Change.remove(Kept.Person.class, name));
            kept.add(Change.remove(Kept.Password.class, Kept.Whose.SUBJECT.id(name)));
            kept.add(Change.remove(Kept.Lock.class, Kept.Whose.SUBJECT.id(name)));
            keys.added(name).forEach(key -> kept.add(Change.remove(key)));
            minutes(name).forEach(used -> kept.add(Change.remove(used)));
            rules.given().stream()
                    .filter(grant -> grant.subject().equals(name))
                    .forEach(grant -> kept.add(Change.remove(Kept.Grant.class, grant.id())));
            last.seats().forEach(seat -> kept.add(Change.remove(Kept.EmptySeat.class, seat)));
            List<Event> events = new ArrayList<>(ends(turn, by));
            events.add(event("remove-subject", name, "by " + by));
            Set<Object> touches = touches(name, turn);
            if (last.mailbox() != null) {
                touches.add(Plan.mailbox(last.mailbox()));
            }
            return Plan.change(touches, events, kept, () -> {
                live.apply(turn);
                rules.add(rules.added().stream()
                        .filter(subject -> !subject.name().equals(name))
                        .toList());
                passwords.set(name, null);
                table.seatOwners(this::mayBe);
                return last;
            });
        });
    }

    private List<Kept.Minutes> minutes(String name) {
        return store.all(Kept.Minutes.class).stream()
                .filter(used -> used.subject().equals(name))
                .toList();
    }

    boolean isLocked(String name) {
        return store.find(Kept.Lock.class, Kept.Whose.SUBJECT.id(name)).isPresent();
    }

    public boolean mayBe(String name) {
        return !isLocked(name);
    }

    CompletionStage<SubjectView> setPassword(String typed, @Nullable String password, String by) {
        return hashed(password)
                .thenCompose(hash -> desk.submit(() -> {
                    String name = subject(typed).name();
                    Kept.Password set = password(name, hash, by);
                    Turn turn = new Turn(table.credentialsOf(Set.of(name)), List.of(), KeptForms.kept(clock.now()));
                    List<Change> kept = new ArrayList<>(live.kept(turn));
                    kept.add(Change.put(set));
                    return Plan.change(
                            touches(name, turn),
                            List.of(event("password", name, (hash == null ? "taken away by " : "set by ") + by)),
                            kept,
                            () -> {
                                live.apply(turn);
                                passwords.set(name, set);
                                return view.apply(name);
                            });
                }));
    }

    private Kept.Password password(String name, @Nullable String hash, String by) {
        return new Kept.Password(
                Kept.Whose.SUBJECT, name, hash, passwords.declaredDigest(name), KeptForms.kept(clock.now()), by);
    }

    /** A hash, made neither on the caller's thread nor where log-ins wait: who guesses must not be able to keep an operator from it. */
    private CompletableFuture<@Nullable String> hashed(@Nullable String password) {
        if (password == null) {
            return CompletableFuture.completedFuture(null);
        } else if (password.isEmpty() || password.length() > PasswordHashes.MAX_PASSWORD_LENGTH) {
            return CompletableFuture.failedFuture(new OperationException("a password of " + password.length()
                    + " characters (expected: 1-" + PasswordHashes.MAX_PASSWORD_LENGTH + ")"));
        }
        return CompletableFuture.supplyAsync(() -> passwords.hash(password));
    }

    CompletionStage<SubjectView> addKey(String typed, String line, String by) {
        return desk.submit(() -> {
            String name = subject(typed).name();
            PublicKeyLine key = PublicKeyLine.parse(line);
            if (keys.has(name, key.fingerprint())) {
                throw OperationException.conflict(name + " has the key " + key.fingerprint() + " already");
            }
            var kept = new Kept.PublicKey(
                    Kept.Whose.SUBJECT, name, key.fingerprint(), key.line(), KeptForms.kept(clock.now()), by);
            return Plan.change(
                    Set.of(Plan.subject(name)),
                    List.of(event("add-key", name, key.fingerprint() + " by " + by)),
                    List.of(Change.put(kept)),
                    () -> view.apply(name));
        });
    }

    CompletionStage<SubjectView> removeKey(String typed, String which, String by) {
        return desk.submit(() -> {
            String name = subject(typed).name();
            Kept.PublicKey key = keys.which(which, name);
            return Plan.change(
                    Set.of(Plan.subject(name)),
                    List.of(event("remove-key", name, key.fingerprint() + " by " + by)),
                    List.of(Change.remove(key)),
                    () -> view.apply(name));
        });
    }

    CompletionStage<SubjectView> lock(String typed, String reason, String by) {
        return desk.submit(() -> {
            String name = subject(typed).name();
            if (isLocked(name)) {
                throw OperationException.conflict(name + " is locked already");
            }
            Turn turn = ousted(name);
            var lock = new Kept.Lock(Kept.Whose.SUBJECT, name, reason, KeptForms.kept(clock.now()), by);
            List<Change> kept = new ArrayList<>(live.kept(turn));
            kept.add(Change.put(lock));
            List<Event> events = new ArrayList<>();
            events.add(event("lock", name, "by " + by + (reason.isEmpty() ? "" : ": " + reason)));
            events.addAll(ends(turn, by));
            return Plan.change(touches(name, turn), events, kept, () -> {
                live.apply(turn);
                return view.apply(name);
            });
        });
    }

    CompletionStage<SubjectView> unlock(String typed, String by) {
        return desk.submit(() -> {
            String name = subject(typed).name();
            if (!isLocked(name)) {
                throw OperationException.conflict(name + " is not locked");
            }
            return Plan.change(
                    touches(name, ousted(name)),
                    List.of(event("unlock", name, "by " + by)),
                    List.of(Change.remove(Kept.Lock.class, Kept.Whose.SUBJECT.id(name))),
                    () -> {
                        table.seatOwners(this::mayBe);
                        return view.apply(name);
                    });
        });
    }
}
