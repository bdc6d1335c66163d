package kwangmyong.portal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.testkit.ScriptedPolicy;
import org.jspecify.annotations.Nullable;

/** A session table over some attachments; every subject's password is {@code <subject>-demo}, and {@code stranger} has tried too often. */
final class CafeSessions implements Sessions {
    private final Map<InetAddress, Session> table = new ConcurrentHashMap<>();
    private final List<Attachment> attachments;
    private final LabClock clock;
    private final @Nullable Instant until;

    CafeSessions(List<Attachment> attachments, LabClock clock, @Nullable Instant until) {
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
            table.put(terminal, new Session("s1", name, terminal, clock.now(), until, Session.Origin.PORTAL));
            return new Authentication.Accepted(at(terminal));
        });
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return CompletableFuture.supplyAsync(() -> table.remove(terminal) != null);
    }
}
