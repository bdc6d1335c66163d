package kwangmyong.portal;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Presence;
import kwangmyong.access.api.SessionView;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.testkit.ScriptedPolicy;
import org.jspecify.annotations.Nullable;

/** A session table over some attachments; every subject's password is {@code <subject>-demo}, and {@code stranger} has tried too often. */
final class CafeSessions implements Sessions, Presence {
    private final Map<InetAddress, Session> table = new ConcurrentHashMap<>();
    private final List<Attachment> attachments;
    private final LabClock clock;
    private final @Nullable Instant until;
    private final KeptBook book;
    private final AtomicInteger made = new AtomicInteger();

    CafeSessions(List<Attachment> attachments, LabClock clock, @Nullable Instant until, KeptBook book) {
        this.book = book;
        this.attachments = attachments;
        this.clock = clock;
        this.until = until;
    }

    @Override
    public Identity at(InetAddress terminal) {
        Attachment attachment = attachments.stream()
                .filter(one -> one.contains(terminal))
                .findFirst()
                .orElse(null);
        return new Identity(terminal, attachment, table.get(terminal));
    }

    @Override
    public boolean stands(Identity identity) {
        return true;
    }

    @Override
    public CompletionStage<Authentication> authenticate(
            InetAddress terminal, String name, String password, Layer layer) {
        return CompletableFuture.completedFuture(
                new Authentication.Refused(ScriptedPolicy.deny(Reason.BAD_CREDENTIALS, Presentation.Http.FORBIDDEN)));
    }

    /** Completes on another thread, as the real one does. */
    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        return CompletableFuture.supplyAsync(() -> {
            if (name.equals("stranger") || !password.equals(name + "-demo")) {
                Reason reason = name.equals("stranger") ? Reason.TOO_MANY_ATTEMPTS : Reason.BAD_CREDENTIALS;
                return new Authentication.Refused(ScriptedPolicy.deny(reason, Presentation.Http.FORBIDDEN));
            }
            table.put(
                    terminal,
                    new Session(
                            "session-" + made.incrementAndGet(),
                            name,
                            terminal,
                            clock.now(),
                            until,
                            Session.Origin.PORTAL));
            return new Authentication.Accepted(at(terminal));
        });
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return CompletableFuture.supplyAsync(() -> ended(table.get(terminal), Bill.End.LOGGED_OUT));
    }

    private boolean ended(@Nullable Session session, Bill.End end) {
        if (session == null) {
            return false;
        }
        table.remove(session.terminal());
        book.add(new Bill(
                "B0000" + session.id().substring(8),
                session.subject(),
                Addresses.text(session.terminal()),
                "cafe",
                session.since(),
                clock.now(),
                end,
                new BigDecimal("8.19")));
        return true;
    }

    /** What the clock has ended. */
    void expire() {
        table.values().stream()
                .filter(session -> session.until() != null && !clock.now().isBefore(session.until()))
                .forEach(session -> ended(session, Bill.End.USED_UP));
    }

    /** Somebody with any name at a terminal. */
    void seat(String subject, String terminal) {
        InetAddress address = Addresses.parse(terminal);
        String id = "session-" + made.incrementAndGet();
        table.put(address, new Session(id, subject, address, clock.now(), until, Session.Origin.PORTAL));
    }

    @Override
    public List<SessionView> sessions() {
        return table.values().stream().map(this::view).toList();
    }

    private SessionView view(Session session) {
        Attachment attachment = at(session.terminal()).attachment();
        Instant end = session.until();
        return new SessionView(
                session.id(),
                session.subject(),
                Addresses.text(session.terminal()),
                attachment == null ? null : attachment.name(),
                "portal",
                List.of(),
                session.since(),
                end,
                end == null ? null : "expiry",
                end == null ? null : Duration.between(clock.now(), end).toSeconds(),
                "resident");
    }

    @Override
    public CompletionStage<SessionView> logIn(String subject, String terminal, String by) {
        return CompletableFuture.failedFuture(new OperationException("not from here"));
    }

    @Override
    public CompletionStage<Boolean> logOut(String terminal, String by) {
        return CompletableFuture.completedFuture(ended(table.get(Addresses.parse(terminal)), Bill.End.ENDED));
    }

    private Session byId(String id) {
        return table.values().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new OperationException("there is no session " + id));
    }

    @Override
    public CompletionStage<SessionView> end(String session, String by) {
        return CompletableFuture.supplyAsync(() -> {
            Session there = byId(session);
            SessionView before = view(there);
            ended(there, Bill.End.ENDED);
            return before;
        });
    }

    @Override
    public CompletionStage<SessionView> extend(String session, Duration longer, String by) {
        return CompletableFuture.supplyAsync(() -> {
            Session there = byId(session);
            Session extended = new Session(
                    there.id(),
                    there.subject(),
                    there.terminal(),
                    there.since(),
                    there.until() == null ? null : there.until().plus(longer),
                    there.origin());
            table.put(there.terminal(), extended);
            return view(extended);
        });
    }
}
