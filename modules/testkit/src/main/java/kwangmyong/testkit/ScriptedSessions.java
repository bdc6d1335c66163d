package kwangmyong.testkit;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions;

/** Sessions that a test sets by hand; the password of every subject is {@code <subject>-demo}. */
public final class ScriptedSessions implements Sessions {
    private static final Instant SINCE = Instant.parse("2026-03-01T09:00:00Z");

    private final Map<InetAddress, Session> table = new ConcurrentHashMap<>();
    private final Map<InetAddress, Attachment> places = new ConcurrentHashMap<>();

    /** Puts a subject at a terminal, given by its lab address. */
    public ScriptedSessions with(String subject, String terminal) {
        InetAddress address = Addresses.parse(terminal);
        table.put(address, session(subject, address, Session.Origin.SEAT));
        return this;
    }

    /** Plugs a terminal in somewhere; the others belong to no attachment. */
    public ScriptedSessions pluggedIn(String terminal, Attachment attachment) {
        places.put(Addresses.parse(terminal), attachment);
        return this;
    }

    @Override
    public Identity at(InetAddress terminal) {
        return new Identity(terminal, places.get(terminal), table.get(terminal));
    }

    @Override
    public boolean stands(Identity identity) {
        Session session = identity.session();
        return session == null
                || session.origin() == Session.Origin.CREDENTIALS
                || session.equals(table.get(identity.terminal()));
    }

    @Override
    public CompletionStage<Authentication> authenticate(
            InetAddress terminal, String name, String password, Layer layer) {
        return CompletableFuture.completedFuture(check(terminal, name, password, Session.Origin.CREDENTIALS));
    }

    @Override
    public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
        Authentication outcome = check(terminal, name, password, Session.Origin.PORTAL);
        if (outcome instanceof Authentication.Accepted accepted
                && accepted.identity().session() != null) {
            table.put(terminal, accepted.identity().session());
        }
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        return CompletableFuture.completedFuture(table.remove(terminal) != null);
    }

    private static Authentication check(InetAddress terminal, String name, String password, Session.Origin origin) {
        if (!password.equals(name + "-demo")) {
            return new Authentication.Refused(
                    ScriptedPolicy.deny(Reason.BAD_CREDENTIALS, new Presentation.Mail(535, "5.7.8")));
        }
        return new Authentication.Accepted(new Identity(terminal, null, session(name, terminal, origin)));
    }

    private static Session session(String subject, InetAddress terminal, Session.Origin origin) {
        return new Session(subject + "@" + terminal.getHostAddress(), subject, terminal, SINCE, null, origin);
    }
}
