package kwangmyong.console;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import kwangmyong.console.drop.DropLog;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.ServerSession;

/** What the console writes to the journal: who logged in, and what each operator did. Operators are no subjects, so the lines name none. */
final class ConsoleLog implements DropLog {
    private final Journal journal;
    private final LabClock clock;
    private final AddressPlan plan;

    ConsoleLog(Journal journal, LabClock clock, AddressPlan plan) {
        this.journal = journal;
        this.clock = clock;
        this.plan = plan;
    }

    /** Completes once the log-in is on disk. */
    CompletionStage<Void> loggedIn(Session session, String operator, String how) {
        return journal.force(
                event("log-in", operator, "operator " + operator + " by " + how + " from " + from(session)));
    }

    void refused(ServerSession session, String name) {
        journal.record(event("log-in-refused", name, "no such operator and password, from " + from(session)));
    }

    void command(ServerSession session, String operator, String commandLine) {
        journal.record(event("command", commandLine, "operator " + operator + " from " + from(session)));
    }

    void forwardingRefused(Session session, String what) {
        String operator = session.getUsername();
        journal.record(event("forward-refused", what, "operator " + operator + " from " + from(session)));
    }

    @Override
    public void done(Session session, String action, String path, String more) {
        journal.record(event(action, path, said(session) + (more.isEmpty() ? "" : ", " + more)));
    }

    @Override
    public void refused(Session session, String path, String why) {
        journal.record(event("file-refused", path, said(session) + ": " + why));
    }

    private String said(Session session) {
        return "operator " + session.getUsername() + " from " + from(session);
    }

    /** The peer's lab address. */
    String from(Session session) {
        SocketAddress peer =
                session.getIoSession() == null ? null : session.getIoSession().getRemoteAddress();
        return peer instanceof InetSocketAddress address && address.getAddress() != null
                ? Addresses.text(plan.lab(address.getAddress()))
                : "nowhere";
    }

    private Event event(String action, String resource, String detail) {
        return new Event(clock.now(), Layer.CONSOLE, null, action, resource, null, detail, 0);
    }
}
