package kwangmyong.console;

import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;

/** The console is no way through: nothing is forwarded by SSH itself, and each try is journaled. */
final class NoForwarding implements ForwardingFilter {
    private final ConsoleLog log;

    NoForwarding(ConsoleLog log) {
        this.log = log;
    }

    @Override
    public boolean canForwardAgent(Session session, String requestType) {
        log.forwardingRefused(session, "agent");
        return false;
    }

    @Override
    public boolean canForwardX11(Session session, String requestType) {
        log.forwardingRefused(session, "x11");
        return false;
    }

    @Override
    public boolean canListen(SshdSocketAddress address, Session session) {
        log.forwardingRefused(session, "listen on " + address.getHostName() + ":" + address.getPort());
        return false;
    }

    @Override
    public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
        log.forwardingRefused(session, "connect to " + address.getHostName() + ":" + address.getPort());
        return false;
    }
}
