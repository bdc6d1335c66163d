package kwangmyong.console.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import kwangmyong.console.forward.Gateway.RefusedException;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/**
 * Decides whether a subject's connection is carried on: by the rules, as a tunnel to that name and port, and then by the gateway, which looks names
 * up, knows the ports, and cuts what no longer stands.
 */
public final class Forwarding {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");
    private static final int MAX_PORT = 65_535;
    /** Each has two threads. */
    private static final int MOST = 128;
    /** So that no terminal has all of them. */
    private static final int MOST_OF_A_TERMINAL = 32;

    private final Gateway gateway;
    private final Sessions sessions;
    private final AccessPolicy policy;
    private final Journal journal;
    private final LabClock clock;
    /** How many connections each terminal has open. Guarded by itself. */
    private final Map<InetAddress, Integer> open = new HashMap<>();

    /** By these rules, through that gateway. */
    public Forwarding(Gateway gateway, Sessions sessions, AccessPolicy policy, Journal journal, LabClock clock) {
        this.gateway = gateway;
        this.sessions = sessions;
        this.policy = policy;
        this.journal = journal;
        this.clock = clock;
    }

    /** Has a server that is not started carry on what subjects ask for; for operators it forwards nothing. */
    public void addTo(SshServer server) {
        server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE, new ForwardChannel.Factory(this)));
    }

    /**
     * A connection to a host, or the reason why there is none. Waits for the gateway.
     *
     * @param visitor who was let in; whoever is at the terminal by now is asked for
     * @throws DeniedException when there is none; journaled
     */
    Socket open(Identity visitor, String host, int port) throws DeniedException {
        if (!HOST.matcher(host).matches() || port < 1 || port > MAX_PORT) {
            throw new DeniedException("no host and port");
        }
        Identity who = sessions.at(visitor.terminal());
        var access =
                new Access(who, Layer.CONSOLE, Action.TUNNEL, new Resource.Endpoint(lower(host), port), clock.now());
        Decision decision = policy.decide(access);
        journal.record(Event.of(access, decision, "by ssh forwarding", 0));
        if (!decision.isAllowed()) {
            throw new DeniedException(decision.reason().explanation() + " [" + decision.rule() + "]");
        } else if (!sessions.stands(visitor)) {
            throw refused(access, "the log-in of this connection is over");
        } else if (!enter(visitor.terminal())) {
            throw refused(access, "as much is forwarded as may be");
        }
        Socket opened = null;
        try {
            opened = gateway.open(who.terminal(), (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
            return opened;
        } catch (RefusedException refused) {
            throw new DeniedException(Objects.requireNonNullElse(refused.getMessage(), "refused"));
        } catch (IOException unreachable) {
            throw new DeniedException("the gateway cannot be reached");
        } finally {
            if (opened == null) {
                closed(visitor);
            }
        }
    }

    private boolean enter(InetAddress terminal) {
        synchronized (open) {
            int all = open.values().stream().mapToInt(Integer::intValue).sum();
            int own = open.getOrDefault(terminal, 0);
            if (all >= MOST || own >= MOST_OF_A_TERMINAL) {
                return false;
            }
            open.put(terminal, own + 1);
            return true;
        }
    }

    /** One that was opened is over. */
    void closed(Identity visitor) {
        synchronized (open) {
            open.computeIfPresent(visitor.terminal(), (terminal, own) -> own > 1 ? own - 1 : null);
        }
    }

    /** What the rules allow and yet does not come to be has a line that says why. */
    private DeniedException refused(Access access, String why) {
        journal.record(new Event(
                clock.now(), Layer.CONSOLE, access.who(), "forward-refused", access.resource(), null, why, 0));
        return new DeniedException(why);
    }

    /** As rules are looked up: A to Z are the only letters in a name that have another case. */
    private static String lower(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Nothing is carried on; the message is for whoever asked. */
    static final class DeniedException extends Exception {
        private static final long serialVersionUID = 1L;

        DeniedException(String message) {
            super(message, null, false, false);
        }
    }
}
