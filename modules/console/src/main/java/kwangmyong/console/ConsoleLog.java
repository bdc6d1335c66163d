package kwangmyong.console;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import kwangmyong.console.drop.DropLog;
import kwangmyong.console.guest.GuestLog;
import kwangmyong.console.guest.Visit;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * What the console writes to the journal: which operators logged in, and what each did. Operators are no subjects, so the lines name none; those of
 * what a subject tried do.
 */
final class ConsoleLog implements DropLog, GuestLog {
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

    void logInRefused(ServerSession session, String name) {
        journal.record(event("log-in-refused", name, "no such operator and password, from " + from(session)));
    }

    void command(ServerSession session, String operator, String commandLine) {
        journal.record(event("command", commandLine, "operator " + operator + " from " + from(session)));
    }

    void forwardingRefused(Session session, String what) {
        record(session, "forward-refused", what, said(session));
    }

    @Override
    public void done(Session session, String action, String path, String more) {
        record(session, action, path, said(session) + (more.isEmpty() ? "" : ", " + more));
    }

    @Override
    public void refused(Session session, String path, String why) {
        record(session, "file-refused", path, said(session) + ": " + why);
    }

    @Override
    public void refused(Session session, String commandLine) {
        record(session, "command-refused", commandLine, said(session));
    }

    private String said(Session session) {
        return (Visit.of(session) == null ? "operator " : "subject ") + session.getUsername() + " from "
                + from(session);
    }

    /** The peer's lab address. */
    String from(Session session) {
        SocketAddress peer =
                session.getIoSession() == null ? null : session.getIoSession().getRemoteAddress();
        return peer instanceof InetSocketAddress address && address.getAddress() != null
                ? Addresses.text(plan.lab(address.getAddress()))
                : "nowhere";
    }

    private void record(Session session, String action, String resource, String detail) {
        Visit visit = Visit.of(session);
        journal.record(event(visit == null ? null : visit.identity(), action, resource, detail));
    }

    private Event event(String action, String resource, String detail) {
        return event(null, action, resource, detail);
    }

    private Event event(@Nullable Identity who, String action, String resource, String detail) {
        return new Event(clock.now(), Layer.CONSOLE, who, action, resource, null, detail, 0);
    }
}
