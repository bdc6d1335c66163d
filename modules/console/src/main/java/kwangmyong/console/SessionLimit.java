package kwangmyong.console;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import kwangmyong.console.guest.Visit;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections past a number, and past a smaller one those of one address that have not logged in: whoever only holds them open keeps nobody
 * else out. Those of subjects who have logged in are counted elsewhere: they must not keep operators out.
 */
final class SessionLimit implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLimit.class);

    private static final String NOWHERE = "";
    private static final int SHARES = 4;
    private static final int LEAST_SHARE = 4;

    private final int most;
    /** Each with the address it comes from while it has not logged in, and nothing then. Guarded by this. */
    private final Map<Session, String> open = new HashMap<>();

    SessionLimit(int most) {
        this.most = most;
    }

    @Override
    public void sessionEstablished(Session session) {
        if (!enter(session, address(session))) {
            LOG.debug("a console connection past {} is closed", most);
            session.close(true);
        }
    }

    private synchronized boolean enter(Session session, String address) {
        long own = open.values().stream().filter(address::equals).count();
        if (open.size() >= most || own >= Math.max(LEAST_SHARE, most / SHARES)) {
            return false;
        }
        open.put(session, address);
        return true;
    }

    private static String address(Session session) {
        return session.getIoSession().getRemoteAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : NOWHERE;
    }

    @Override
    public synchronized void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated && Visit.of(session) != null) {
            open.remove(session);
        } else if (event == Event.Authenticated) {
            open.replace(session, NOWHERE);
        }
    }

    @Override
    public synchronized void sessionClosed(Session session) {
        open.remove(session);
    }
}
