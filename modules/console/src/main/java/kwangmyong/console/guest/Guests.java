package kwangmyong.console.guest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.Entrance.Entry;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subjects who are connected. A log-in gives them their terminal as one at the portal does; it ends with the connection, and the connection
 * ends with it. Changes of who is there are made on one thread.
 */
public final class Guests implements SessionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
    private static final int MOST_OF_A_TERMINAL = 8;
    /** How often the far end is asked whether it is there, and how many questions it may leave unanswered. */
    private static final long ASK_SECONDS = 15;

    private static final int MOST_UNANSWERED = 4;
    private static final long STOP_SECONDS = 3;
    /** RFC 4254 §4 has no message of its own for it; every client refuses the request politely, which is answer enough. */
    private static final String KEEP_ALIVE = "keepalive@openssh.com";

    private final GuestPorts ports;
    private final int most;
    private final Stays stays;
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor worker;
    private AccessPolicy.@Nullable Subscription subscription;
    private @Nullable Future<?> asking;

    /** @param most connections of subjects at once, 1 or more */
    public Guests(GuestPorts ports, int most) {
        this.ports = ports;
        this.most = most;
        this.stays = new Stays(ports.entrance(), ports.kept());
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kwm-console-guests");
            thread.setDaemon(true);
            return thread;
        });
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        worker.setRemoveOnCancelPolicy(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Ends what a killed lab left, and follows changes from now on. */
    public void start() {
        worker.execute(stays::endThoseOfBefore);
        subscription = ports.policy().onChange(() -> worker.execute(this::endThoseWhoseTimeIsOver));
        asking = worker.scheduleWithFixedDelay(this::askWhoIsThere, ASK_SECONDS, ASK_SECONDS, TimeUnit.SECONDS);
    }

    /** What there is to say to them. */
    public GuestTalk talk(String labName, GuestLog log, @Nullable String commandLine) {
        return new GuestTalk(labName, new GuestWords(ports), log, commandLine);
    }

    /** Whether a connection comes from where subjects may be. */
    public boolean isFromATerminal(Session connection) {
        InetAddress terminal = terminal(connection);
        return terminal != null && ports.sessions().at(terminal).attachment() != null;
    }

    private @Nullable InetAddress terminal(Session connection) {
        return connection.getRemoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? ports.plan().lab(peer.getAddress())
                : null;
    }

    /** Whether a key is somebody's; no proof. */
    public boolean isKeyOf(String name, String key) {
        return ports.entrance().isKeyOf(name, key);
    }

    /** Logs in by a password. */
    public CompletionStage<Boolean> byPassword(Session connection, String name, String password) {
        InetAddress terminal = terminal(connection);
        return terminal == null || isFull(connection, terminal)
                ? CompletableFuture.completedFuture(false)
                : ports.entrance()
                        .byPassword(terminal, name, password)
                        .thenApplyAsync(entry -> entered(connection, entry), worker);
    }

    /** Logs in by a key whose possession was proved. */
    public CompletionStage<Boolean> byKey(Session connection, String name, String key) {
        InetAddress terminal = terminal(connection);
        return terminal == null || isFull(connection, terminal)
                ? CompletableFuture.completedFuture(false)
                : ports.entrance()
                        .byKey(terminal, name, key)
                        .thenApplyAsync(entry -> entered(connection, entry), worker);
    }

    private boolean isFull(Session connection, InetAddress terminal) {
        long here = visits.stream()
                .filter(visit -> visit.identity().terminal().equals(terminal))
                .count();
        boolean full = visits.size() >= most || here >= MOST_OF_A_TERMINAL;
        if (full) {
            say(connection, "there are as many connections as there may be");
        }
        return full;
    }

    private boolean entered(Session connection, Entry entry) {
        if (entry instanceof Entry.Refused no) {
            explain(connection, no.decision());
            return false;
        }
        Entry.Entered entered = (Entry.Entered) entry;
        Visit before = Visit.of(connection);
        var visit = new Visit(connection, entered.identity());
        stays.hold(visit, entered.begun());
        visits.add(visit);
        visit.begin();
        if (before != null) {
            end(before); // a client may ask again before it is answered, and the connection closes once
        }
        if (connection.isClosing() || connection.isClosed()) {
            end(visit);
        }
        return true;
    }

    /** Not of credentials that do not hold: clients ask for others by themselves. */
    private static void explain(Session connection, Decision decision) {
        if (decision.reason() != Reason.BAD_CREDENTIALS) {
            say(connection, decision.reason().explanation());
        }
    }

    /** What clients show before anybody is logged in (RFC 4252 §5.4). */
    private static void say(Session connection, String sentence) {
        try {
            byte[] text = (sentence + "\r\n").getBytes(StandardCharsets.UTF_8);
            Buffer banner = connection.createBuffer(SshConstants.SSH_MSG_USERAUTH_BANNER, text.length + 16);
            banner.putBytes(text);
            banner.putString("en");
            connection.writePacket(banner);
        } catch (IOException gone) {
            LOG.debug("a log-in over SSH was refused to one who has gone", gone);
        }
    }

    @Override
    public void sessionClosed(Session connection) {
        Visit visit = Visit.of(connection);
        if (visit != null) {
            worker.execute(() -> end(visit));
        }
    }

    private void end(Visit visit) {
        visits.remove(visit);
        stays.letGo(visit);
    }

    private void endThoseWhoseTimeIsOver() {
        for (Visit visit : visits) {
            if (!visit.isLeaving() && !ports.sessions().stands(visit.identity())) {
                close(visit, new GuestWords(ports).farewell(visit));
            }
        }
    }

    private static void close(Visit visit, String sentence) {
        try {
            visit.connection().disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, sentence);
        } catch (IOException gone) {
            visit.connection().close(true);
        }
    }

    /** A terminal that was switched off says nothing more, and would stay logged in. */
    private void askWhoIsThere() {
        for (Visit visit : visits) {
            if (visit.asked() >= MOST_UNANSWERED) {
                visit.connection().close(true);
                continue;
            }
            try {
                Buffer question = visit.connection().createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                question.putString(KEEP_ALIVE);
                question.putBoolean(true);
                visit.connection().request(question, KEEP_ALIVE, (command, answer) -> visit.answered());
            } catch (IOException gone) {
                visit.connection().close(true);
            }
        }
    }

    /** Logs everybody out whose connection is closed by then, and waits for that. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        if (asking != null) {
            asking.cancel(false);
            asking = null;
        }
        CompletableFuture<?>[] leaving = visits.stream()
                .map(stays::letGo)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        visits.clear();
        try {
            CompletableFuture.allOf(leaving)
                    .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (RuntimeException late) {
            LOG.debug("log-ins over SSH end when the lab starts again", late);
        }
        worker.shutdown();
    }
}
