package kwangmyong.api;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.api.Endpoint.Made;
import kwangmyong.api.Endpoint.Method;

/** Who there is, who is where, and who has more for a while. */
final class PeopleEndpoints {
    private final Operations operations;

    PeopleEndpoints(Operations operations) {
        this.operations = operations;
    }

    List<Endpoint> table() {
        return Stream.of(subjects(), proofs(), sessions(), grants())
                .flatMap(List::stream)
                .toList();
    }

    private List<Endpoint> subjects() {
        return List.of(
                Endpoint.of(Method.GET, "/subjects", "subjects", Scope.READ, "Who there is, and what each may hold.")
                        .as("subjects")
                        .listing(SubjectView.class, SubjectView::name, call -> operations.subjects()),
                Endpoint.of(
                                Method.POST,
                                "/subjects",
                                "addSubject",
                                Scope.PEOPLE,
                                "Add a subject until they are removed.")
                        .as("add")
                        .reading(Bodies.Subject.class)
                        .giving(201, SubjectView.class, this::add),
                Endpoint.of(Method.GET, "/subjects/{name}", "subject", Scope.READ, "One subject.")
                        .giving(SubjectView.class, call -> subject(call.path("name"))),
                Endpoint.of(
                                Method.DELETE,
                                "/subjects/{name}",
                                "removeSubject",
                                Scope.PEOPLE,
                                "Remove a subject who was added, with sessions, grants, password and keys.")
                        .as("remove")
                        .giving(
                                SubjectView.class,
                                call -> Call.await(operations.removeSubject(call.path("name"), call.operator()))));
    }

    private List<Endpoint> proofs() {
        return List.of(
                Endpoint.of(
                                Method.PUT,
                                "/subjects/{name}/password",
                                "setPassword",
                                Scope.PEOPLE,
                                "Give another password, or none.")
                        .as("password")
                        .reading(Bodies.Password.class)
                        .giving(
                                SubjectView.class,
                                call -> Call.await(operations.setPassword(
                                        call.path("name"),
                                        call.body(Bodies.Password.class).password(),
                                        call.operator()))),
                Endpoint.of(Method.POST, "/subjects/{name}/keys", "addKey", Scope.PEOPLE, "Add a public key.")
                        .as("key")
                        .reading(Bodies.Key.class)
                        .giving(
                                201,
                                SubjectView.class,
                                call -> new Made(
                                        Call.await(operations.addKey(
                                                call.path("name"),
                                                call.body(Bodies.Key.class).line(),
                                                call.operator())),
                                        "/subjects/" + Paths.segment(call.path("name")))),
                Endpoint.of(
                                Method.DELETE,
                                "/subjects/{name}/keys/{key}",
                                "removeKey",
                                Scope.PEOPLE,
                                "Take a public key away: its fingerprint, or its comment.")
                        .as("key")
                        .giving(
                                SubjectView.class,
                                call -> Call.await(
                                        operations.removeKey(call.path("name"), call.path("key"), call.operator()))),
                Endpoint.of(
                                Method.PUT,
                                "/subjects/{name}/lock",
                                "lock",
                                Scope.PEOPLE,
                                "End a subject's sessions, and let them log in nowhere.")
                        .as("lock")
                        .reading(Bodies.Reason.class)
                        .giving(SubjectView.class, this::lock),
                Endpoint.of(Method.DELETE, "/subjects/{name}/lock", "unlock", Scope.PEOPLE, "Let them log in again.")
                        .as("unlock")
                        .giving(
                                SubjectView.class,
                                call -> Call.await(operations.unlock(call.path("name"), call.operator()))),
                Endpoint.of(
                                Method.GET,
                                "/slowed",
                                "slowed",
                                Scope.READ,
                                "Names and addresses that must wait since too many log-ins failed.")
                        .as("slowed")
                        .listing(SlowedView.class, one -> one.kind() + " " + one.who(), call -> operations.slowed()),
                Endpoint.of(
                                Method.DELETE,
                                "/slowed/{who}",
                                "forgive",
                                Scope.PEOPLE,
                                "Forget the failures of a name or an address.")
                        .as("slowed")
                        .giving(Answers.Forgiven.class, this::forgive));
    }

    private List<Endpoint> sessions() {
        return List.of(
                Endpoint.of(Method.GET, "/sessions", "sessions", Scope.READ, "Who is where.")
                        .as("sessions")
                        .listing(SessionView.class, SessionView::id, call -> operations.sessions()),
                Endpoint.of(
                                Method.POST,
                                "/sessions",
                                "logIn",
                                Scope.SESSIONS,
                                "Put a subject at a terminal, without a password.")
                        .as("login")
                        .reading(Bodies.LogIn.class)
                        .giving(201, SessionView.class, this::logIn),
                Endpoint.of(Method.GET, "/sessions/{id}", "session", Scope.READ, "One session.")
                        .giving(SessionView.class, call -> session(call.path("id"))),
                Endpoint.of(
                                Method.PATCH,
                                "/sessions/{id}",
                                "extendSession",
                                Scope.SESSIONS,
                                "Let a session last longer.")
                        .as("extend")
                        .reading(Bodies.Longer.class)
                        .giving(
                                SessionView.class,
                                call -> Call.await(operations.extend(
                                        call.path("id"),
                                        call.body(Bodies.Longer.class).longer(),
                                        call.operator()))),
                Endpoint.of(Method.DELETE, "/sessions/{id}", "endSession", Scope.SESSIONS, "End one session.")
                        .as("end")
                        .giving(
                                SessionView.class,
                                call -> Call.await(operations.end(call.path("id"), call.operator()))),
                Endpoint.of(
                                Method.DELETE,
                                "/terminals/{terminal}/session",
                                "logOut",
                                Scope.SESSIONS,
                                "End whatever sessions a terminal has.")
                        .as("logout")
                        .giving(
                                Answers.LoggedOut.class,
                                call -> new Answers.LoggedOut(
                                        call.path("terminal"),
                                        Call.await(operations.logOut(call.path("terminal"), call.operator())))));
    }

    private List<Endpoint> grants() {
        return List.of(
                Endpoint.of(Method.GET, "/grants", "grants", Scope.READ, "Who has more clearance for a while.")
                        .as("grants")
                        .listing(GrantView.class, GrantView::id, call -> operations.grants()),
                Endpoint.of(Method.POST, "/grants", "grant", Scope.GRANTS, "Give a subject more clearance for a while.")
                        .as("grant")
                        .reading(Bodies.Grant.class)
                        .giving(201, GrantView.class, this::grant),
                Endpoint.of(Method.GET, "/grants/{id}", "oneGrant", Scope.READ, "One grant.")
                        .giving(
                                GrantView.class,
                                call -> one(
                                        operations.grants(),
                                        grant -> grant.id().equals(call.path("id")),
                                        "grant",
                                        call.path("id"))),
                Endpoint.of(Method.DELETE, "/grants/{id}", "revoke", Scope.GRANTS, "Take a grant back.")
                        .as("revoke")
                        .giving(
                                GrantView.class,
                                call -> Call.await(operations.revoke(call.path("id"), call.operator()))));
    }

    private SubjectView subject(String name) {
        return one(operations.subjects(), subject -> subject.name().equals(name), "subject", name);
    }

    private SessionView session(String id) {
        return one(operations.sessions(), session -> session.id().equals(id), "session", id);
    }

    private static <T> T one(List<T> all, Predicate<T> wanted, String what, String name) {
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> OperationException.missing("there is no " + what + " '" + name + "'"));
    }

    private Object add(Call call) throws Exception {
        Bodies.Subject body = call.body(Bodies.Subject.class);
        String description = body.description();
        String clearance = body.clearance();
        List<String> seats = body.seats();
        SubjectView added = Call.await(operations.addSubject(
                new NewSubject(
                        body.name(),
                        description == null ? "" : description,
                        clearance == null ? "" : clearance,
                        seats == null ? List.of() : seats,
                        body.mailbox(),
                        body.password()),
                call.operator()));
        return new Made(added, "/subjects/" + Paths.segment(added.name()));
    }

    private Object lock(Call call) throws Exception {
        String reason = call.body(Bodies.Reason.class).reason();
        return Call.await(operations.lock(call.path("name"), reason == null ? "" : reason, call.operator()));
    }

    private Object forgive(Call call) throws Exception {
        return new Answers.Forgiven(
                call.path("who"), Call.await(operations.forgive(call.path("who"), call.operator())));
    }

    private Object logIn(Call call) throws Exception {
        Bodies.LogIn body = call.body(Bodies.LogIn.class);
        SessionView session = Call.await(operations.logIn(body.subject(), body.terminal(), call.operator()));
        return new Made(session, "/sessions/" + Paths.segment(session.id()));
    }

    private Object grant(Call call) throws Exception {
        Bodies.Grant body = call.body(Bodies.Grant.class);
        Duration lasting = body.lasting();
        GrantView grant = Call.await(operations.grant(
                new GrantRequest(body.subject(), body.words(), lasting, body.reason(), call.operator())));
        return new Made(grant, "/grants/" + Paths.segment(grant.id()));
    }
}
