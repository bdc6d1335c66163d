package kwangmyong.console;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.console.guest.Visit;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections past a number. Those of subjects who have logged in are counted elsewhere: they must not keep operators out. */
final class SessionLimit implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLimit.class);

    private final int most;
    private final Set<Session> open = ConcurrentHashMap.newKeySet();

    SessionLimit(int most) {
        this.most = most;
    }

    @Override
    public void sessionEstablished(Session session) {
        if (open.size() >= most) {
            LOG.debug("a console connection past {} is closed", most);
            session.close(true);
            return;
        }
        open.add(session);
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated && Visit.of(session) != null) {
            open.remove(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        open.remove(session);
    }
}
