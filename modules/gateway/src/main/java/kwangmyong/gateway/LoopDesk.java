package kwangmyong.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one event loop looks after: the client connections on it, their time-outs, and the spare connections to hosts. Only that loop
 * touches it, so nothing here is locked.
 */
final class LoopDesk {
    private static final long SWEEP_MILLIS = 200;

    private final EventLoop loop;
    private final Set<Attended> sessions = new HashSet<>();
    private final Hosts hosts;
    private final Ways ways;
    private final AtomicBoolean redeciding = new AtomicBoolean();
    private final ScheduledFuture<?> sweeping;
    private final long mostWaiting;

    LoopDesk(EventLoop loop, Gateway gateway, Bootstrap client) {
        this.loop = loop;
        Dialer dialer = new Dialer(gateway.plan(), client.clone(loop));
        Interceptor interceptor = gateway.interceptor();
        SecureDialer secure = interceptor == null
                ? null
                : new SecureDialer(
                        dialer,
                        interceptor::towardsHosts,
                        gateway.config().timeouts().connect());
        this.hosts = new Hosts(
                new UpstreamPool(gateway.config()),
                dialer,
                secure,
                gateway.config().http());
        this.ways = gateway.engine().ways();
        this.mostWaiting = gateway.config().capacity().waiting();
        this.sweeping = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    Hosts hosts() {
        return hosts;
    }

    Ways ways() {
        return ways;
    }

    void add(Attended session) {
        sessions.add(session);
    }

    void remove(Attended session) {
        sessions.remove(session);
    }

    /** From any thread: has every open request and tunnel decided again, once for however many changes came meanwhile. */
    void redecide() {
        ways.change();
        if (redeciding.compareAndSet(false, true)) {
            loop.execute(() -> {
                redeciding.set(false);
                snapshot().forEach(Attended::redecide);
            });
        }
    }

    /** From any thread: closes everything. */
    void close() {
        sweeping.cancel(false);
        loop.execute(() -> {
            snapshot().forEach(Attended::close);
            hosts.pool().close();
        });
    }

    private void sweep() {
        long now = System.nanoTime();
        List<Attended> expired = new ArrayList<>();
        for (Attended session : sessions) {
            if (session.isExpired(now)) {
                expired.add(session);
            }
        }
        expired.forEach(Attended::expire);
        makeRoom(now);
        hosts.pool().sweep(now);
    }

    /** Where more waits for slow clients than may, those who have taken nothing for longest go first: others need the memory. */
    private void makeRoom(long now) {
        long waiting = 0;
        List<Attended> slow = new ArrayList<>();
        for (Attended session : sessions) {
            if (session.waiting() > 0) {
                waiting += session.waiting();
                slow.add(session);
            }
        }
        if (waiting > mostWaiting) {
            slow.sort(Comparator.comparingLong(session -> session.expiresAt() - now));
            for (int i = 0; waiting > mostWaiting; i++) {
                waiting -= slow.get(i).waiting();
                slow.get(i).tooSlow();
            }
        }
    }

    private List<Attended> snapshot() {
        return List.copyOf(sessions);
    }
}
