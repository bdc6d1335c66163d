package kwangmyong.access.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.access.store.Table.Column;
import org.jspecify.annotations.Nullable;

/** Every table, as the newest migration leaves it. */
final class Tables {
    private static final Table<Kept.Grant> GRANTS = new Table<>(
            Kept.Grant.class,
            "given_grant",
            columns(
                    "subject",
                    Type.TEXT,
                    "added",
                    Type.TEXT,
                    "begins",
                    Type.TIME,
                    "ends",
                    Type.TIME,
                    "reason",
                    Type.TEXT,
                    "given_by",
                    Type.TEXT),
            grant -> row(grant.subject(), grant.added(), grant.from(), grant.until(), grant.reason(), grant.by()),
            row -> new Kept.Grant(
                    row.id(), row.text(0), row.text(1), row.time(2), row.time(3), row.text(4), row.text(5)));

    private static final Table<Kept.Session> SESSIONS = new Table<>(
            Kept.Session.class,
            "terminal_session",
            columns(
                    "session", Type.TEXT, "subject", Type.TEXT, "since", Type.TIME, "ends", Type.TIME, "ends_by",
                    Type.TEXT),
            session -> row(session.session(), session.subject(), session.since(), session.until(), session.endsBy()),
            row -> new Kept.Session(
                    row.text(0), row.text(1), row.id(), row.time(2), row.timeOrNull(3), row.textOrNull(4)));

    private static final Table<Kept.EmptySeat> EMPTY_SEATS = new Table<>(
            Kept.EmptySeat.class, "empty_seat", columns(), seat -> row(), row -> new Kept.EmptySeat(row.id()));

    private static final Table<Kept.Person> PEOPLE = new Table<>(
            Kept.Person.class,
            "person",
            columns(
                    "description",
                    Type.TEXT,
                    "clearance",
                    Type.TEXT,
                    "mailbox",
                    Type.TEXT,
                    "seats",
                    Type.WORDS,
                    "since",
                    Type.TIME,
                    "made_by",
                    Type.TEXT),
            person -> row(
                    person.description(),
                    person.clearance(),
                    person.mailbox(),
                    person.seats(),
                    person.since(),
                    person.by()),
            row -> new Kept.Person(
                    row.id(), row.text(0), row.text(1), row.textOrNull(2), row.words(3), row.time(4), row.text(5)));

    private static final Table<Kept.Password> PASSWORDS = new Table<>(
            Kept.Password.class,
            "account_password",
            columns(
                    "whose",
                    Type.TEXT,
                    "name",
                    Type.TEXT,
                    "hash",
                    Type.TEXT,
                    "declared",
                    Type.TEXT,
                    "since",
                    Type.TIME,
                    "made_by",
                    Type.TEXT),
            password -> row(
                    password.whose().name(),
                    password.name(),
                    password.hash(),
                    password.declared(),
                    password.since(),
                    password.by()),
            row -> new Kept.Password(
                    row.whose(0), row.text(1), row.textOrNull(2), row.textOrNull(3), row.time(4), row.text(5)));

    private static final Table<Kept.PublicKey> KEYS = new Table<>(
            Kept.PublicKey.class,
            "account_key",
            columns(
                    "whose",
                    Type.TEXT,
                    "name",
                    Type.TEXT,
                    "fingerprint",
                    Type.TEXT,
                    "line",
                    Type.TEXT,
                    "since",
                    Type.TIME,
                    "made_by",
                    Type.TEXT),
            key -> row(key.whose().name(), key.name(), key.fingerprint(), key.line(), key.since(), key.by()),
            row -> new Kept.PublicKey(row.whose(0), row.text(1), row.text(2), row.text(3), row.time(4), row.text(5)));

    private static final Table<Kept.Lock> LOCKS = new Table<>(
            Kept.Lock.class,
            "account_lock",
            columns(
                    "whose", Type.TEXT, "name", Type.TEXT, "reason", Type.TEXT, "since", Type.TIME, "made_by",
                    Type.TEXT),
            lock -> row(lock.whose().name(), lock.name(), lock.reason(), lock.since(), lock.by()),
            row -> new Kept.Lock(row.whose(0), row.text(1), row.text(2), row.time(3), row.text(4)));

    private static final Table<Kept.Minutes> MINUTES = new Table<>(
            Kept.Minutes.class,
            "minutes_used",
            columns(
                    "quota",
                    Type.TEXT,
                    "subject",
                    Type.TEXT,
                    "lab_day",
                    Type.DAY,
                    "seconds",
                    Type.COUNT,
                    "since",
                    Type.TIME),
            used -> row(used.quota(), used.subject(), used.day(), used.seconds(), used.since()),
            row -> new Kept.Minutes(row.text(0), row.text(1), row.day(2), row.count(3), row.timeOrNull(4)));

    private static final Table<Kept.Token> TOKENS = new Table<>(
            Kept.Token.class,
            "api_token",
            columns(
                    "operator",
                    Type.TEXT,
                    "label",
                    Type.TEXT,
                    "hash",
                    Type.TEXT,
                    "scopes",
                    Type.WORDS,
                    "since",
                    Type.TIME,
                    "ends",
                    Type.TIME,
                    "made_by",
                    Type.TEXT),
            token -> row(
                    token.operator(),
                    token.label(),
                    token.hash(),
                    token.scopes(),
                    token.since(),
                    token.until(),
                    token.by()),
            row -> new Kept.Token(
                    row.id(),
                    row.text(0),
                    row.text(1),
                    row.text(2),
                    row.words(3),
                    row.time(4),
                    row.time(5),
                    row.text(6)));

    /** In this order everywhere, so that two writers never wait for each other. */
    static final List<Table<? extends Kept>> ALL =
            List.of(GRANTS, SESSIONS, EMPTY_SEATS, PEOPLE, PASSWORDS, KEYS, LOCKS, MINUTES, TOKENS);

    private static final Map<Class<? extends Kept>, Table<? extends Kept>> BY_KIND = byKind();

    private Tables() {}

    static Table<? extends Kept> of(Class<? extends Kept> kind) {
        Table<? extends Kept> table = BY_KIND.get(kind);
        if (table == null) {
            throw new IllegalArgumentException("nothing keeps a " + kind.getName());
        }
        return table;
    }

    private static Map<Class<? extends Kept>, Table<? extends Kept>> byKind() {
        Map<Class<? extends Kept>, Table<? extends Kept>> all = new LinkedHashMap<>();
        ALL.forEach(table -> all.put(table.kind(), table));
        return Map.copyOf(all);
    }

    private static List<Column> columns(Object... namesAndTypes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column((String) namesAndTypes[i], (Type) namesAndTypes[i + 1]));
        }
        return List.copyOf(columns);
    }

    private static @Nullable Object[] row(@Nullable Object... columns) {
        return columns;
    }
}
