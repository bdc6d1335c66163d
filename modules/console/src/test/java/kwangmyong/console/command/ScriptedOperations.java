package kwangmyong.console.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.api.Status;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.api.Watch;
import org.jspecify.annotations.Nullable;

/** Operations on a lab of one academic and one delegate. */
public final class ScriptedOperations implements Operations {
    public static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final List<GrantView> grants = new CopyOnWriteArrayList<>();
    private final List<SessionView> sessions = new CopyOnWriteArrayList<>(
            List.of(session("s1", "academic", "10.76.20.11", "campus", "seat", "cleared+library+news+mail")));

    @Override
    public Status status() {
        return new Status("0123456789abcdef", NOW, 2, 9, 6, sessions.size(), grants.size());
    }

    @Override
    public List<SessionView> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public List<SubjectView> subjects() {
        return List.of(
                new SubjectView(
                        "academic",
                        "교원 university staff",
                        "cleared+library+news+mail",
                        List.of("10.76.20.11"),
                        "academic@silibank.net.kp",
                        List.of("10.76.20.11"),
                        false,
                        true,
                        List.of(),
                        null,
                        List.of()),
                new SubjectView(
                        "delegate",
                        "a foreign visitor",
                        "resident+news",
                        List.of(),
                        null,
                        List.of(),
                        false,
                        true,
                        List.of(),
                        null,
                        List.of()));
    }

    @Override
    public List<GrantView> grants() {
        return List.copyOf(grants);
    }

    @Override
    public Explanation explain(ExplainRequest request) {
        if (!request.subject().equals("academic")) {
            throw new OperationException("there is no subject '" + request.subject() + "'");
        }
        var deny = new LayerDecision(
                "dns",
                "resolve",
                request.target() + " A",
                "deny",
                "default",
                "no-rule",
                "no rule allows it",
                null,
                "cleared+library",
                "nxdomain");
        return new Explanation(
                "academic",
                request.target(),
                "10.76.20.11",
                "campus",
                true,
                request.at() == null ? NOW : request.at(),
                "cleared+library",
                "0123456789abcdef",
                List.of(deny));
    }

    @Override
    public CompletionStage<GrantView> grant(GrantRequest request) {
        var grant = new GrantView(
                "g-" + (grants.size() + 1),
                request.subject(),
                request.words(),
                NOW,
                NOW.plus(request.lasting()),
                request.reason(),
                request.by());
        grants.add(grant);
        return CompletableFuture.completedFuture(grant);
    }

    @Override
    public CompletionStage<GrantView> revoke(String id, String by) {
        for (GrantView grant : new ArrayList<>(grants)) {
            if (grant.id().equals(id)) {
                grants.remove(grant);
                return CompletableFuture.completedFuture(grant);
            }
        }
        return CompletableFuture.failedFuture(new OperationException("there is no grant '" + id + "'"));
    }

    @Override
    public CompletionStage<SessionView> logIn(String subject, String terminal, String by) {
        var session = session("s" + (sessions.size() + 1), subject, terminal, "cafe", "portal", "resident");
        sessions.add(session);
        return CompletableFuture.completedFuture(session);
    }

    @Override
    public CompletionStage<Boolean> logOut(String terminal, String by) {
        return CompletableFuture.completedFuture(
                sessions.removeIf(session -> session.terminal().equals(terminal)));
    }

    @Override
    public List<DenialView> denialsAt(String terminal) {
        return List.of();
    }

    @Override
    public List<DenialView> denialsOf(String subject) {
        return List.of();
    }

    private static SessionView session(
            String id, String subject, String terminal, String attachment, String origin, String held) {
        return new SessionView(id, subject, terminal, attachment, origin, List.of(), NOW, null, null, null, held);
    }

    @Override
    public CompletionStage<SessionView> end(String session, String by) {
        return changed(sessions.stream()
                .filter(one -> one.id().equals(session))
                .findFirst()
                .map(one -> {
                    sessions.remove(one);
                    return one;
                }));
    }

    @Override
    public CompletionStage<SessionView> extend(String session, Duration longer, String by) {
        return changed(sessions.stream().filter(one -> one.id().equals(session)).findFirst());
    }

    @Override
    public CompletionStage<SubjectView> addSubject(NewSubject subject, String by) {
        return changed(Optional.empty());
    }

    @Override
    public CompletionStage<SubjectView> removeSubject(String subject, String by) {
        return changed(subject(subject));
    }

    @Override
    public CompletionStage<SubjectView> setPassword(String subject, @Nullable String password, String by) {
        return changed(subject(subject));
    }

    @Override
    public CompletionStage<SubjectView> addKey(String subject, String line, String by) {
        return changed(subject(subject));
    }

    @Override
    public CompletionStage<SubjectView> removeKey(String subject, String key, String by) {
        return changed(subject(subject));
    }

    @Override
    public CompletionStage<SubjectView> lock(String subject, String reason, String by) {
        return changed(subject(subject));
    }

    @Override
    public CompletionStage<SubjectView> unlock(String subject, String by) {
        return changed(subject(subject));
    }

    private Optional<SubjectView> subject(String name) {
        return subjects().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static <T> CompletionStage<T> changed(Optional<T> found) {
        return found.map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(new OperationException("there is no such thing")));
    }

    @Override
    public List<SlowedView> slowed() {
        return List.of();
    }

    @Override
    public CompletionStage<Boolean> forgive(String who, String by) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public List<RuleView> rules() {
        return List.of();
    }

    @Override
    public List<RuleView> rule(String id) {
        throw new OperationException("there is no rule '" + id + "'");
    }

    @Override
    public List<AttachmentView> attachments() {
        return List.of();
    }

    @Override
    public List<Watch> watch() {
        var sign = new Watch.Sign(
                "denials", 40, "40 denials within an hour, of 30 names; from 20 on it counts", 40, 20, List.of("5b1c"));
        return List.of(new Watch(
                "academic", "10.76.20.11", 40, Watch.Standing.UNUSUAL, NOW.minusSeconds(600), NOW, List.of(sign)));
    }

    @Override
    public CompletionStage<Boolean> checkOperator(String name, String password, String from) {
        return CompletableFuture.completedFuture(name.equals("operator") && password.equals("operator-demo"));
    }
}
