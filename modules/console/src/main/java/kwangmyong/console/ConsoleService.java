package kwangmyong.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.access.api.Scope;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.drop.Drop;
import kwangmyong.console.drop.DropConfig;
import kwangmyong.console.forward.Forwarding;
import kwangmyong.console.forward.Gateway;
import kwangmyong.console.guest.GuestPorts;
import kwangmyong.console.guest.Guests;
import kwangmyong.console.guest.KeyProof;
import kwangmyong.console.guest.Visit;
import kwangmyong.console.talk.Talk;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.service.Service;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console over SSH (RFC 4251 to 4254): for operators commands, a shell and a file drop; for subjects a log-in of their terminal that lasts as long
 * as the connection. Nothing is forwarded but what the rules allow a subject, by the gateway, where a lab wants that.
 */
public final class ConsoleService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);
    private static final int IO_THREADS = 4;
    private static final int MAX_CHANNELS_OF_A_SESSION = 8;

    private final ConsoleConfig config;
    private final AddressPlan plan;
    private final Operations operations;
    private final CommandInterpreter interpreter;
    private final OperatorScopes scopes;
    private final ConsoleLog log;
    private final @Nullable Guests guests;
    private final @Nullable Forwarding forwarding;
    private final List<SshServer> servers = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private @Nullable HostKeys hostKeys;

    /**
     * A console that is not started yet.
     *
     * @param subjects what it takes to let them log in; null for operators only
     * @param gateway by which their connections are carried on, as the rules allow; null where nothing is forwarded
     */
    public ConsoleService(
            ConsoleConfig config,
            AddressPlan plan,
            Operations operations,
            CommandInterpreter interpreter,
            OperatorScopes scopes,
            Journal journal,
            LabClock clock,
            @Nullable GuestPorts subjects,
            @Nullable Gateway gateway) {
        this.config = config;
        this.plan = plan;
        this.operations = operations;
        this.interpreter = interpreter;
        this.scopes = scopes;
        this.forwarding = subjects == null || gateway == null
                ? null
                : new Forwarding(gateway, subjects.sessions(), subjects.policy(), journal, clock);
        this.guests = subjects == null ? null : new Guests(subjects, config.maxGuests());
        this.log = new ConsoleLog(journal, clock, plan);
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public synchronized void start() throws StartException {
        try {
            Files.createDirectories(config.hostKeys());
            HostKeys read = HostKeys.in(config.hostKeys());
            Operators operators = new Operators(operations, log, config.authorisedKeys());
            SessionLimit limit = new SessionLimit(config.maxSessions());
            for (InetSocketAddress address : config.listen()) {
                open(address, read, operators, limit);
            }
            hostKeys = read;
            if (guests != null) {
                guests.start();
            }
        } catch (IOException unusable) {
            stop();
            throw new StartException("the console cannot start: " + unusable.getMessage(), unusable);
        } catch (StartException taken) {
            stop();
            throw taken;
        }
    }

    @Override
    public synchronized void settle() {
        if (hostKeys != null) {
            hostKeys.addRsa();
        }
    }

    private void open(InetSocketAddress address, HostKeys hostKeys, Operators operators, SessionLimit limit)
            throws StartException {
        InetSocketAddress socket = plan.socket(address);
        SshServer server = SshServer.setUpDefaultServer();
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        server.setHost(socket.getAddress().getHostAddress());
        server.setPort(socket.getPort());
        server.setKeyPairProvider(hostKeys);
        Algorithms.choose(server);
        var door = new Doorkeeper(operators, scopes, guests);
        server.setUserAuthFactories(List.of(KeyProof.factory(door), UserAuthPasswordFactory.INSTANCE));
        server.setPasswordAuthenticator(door);
        server.setPublickeyAuthenticator(door);
        server.setForwardingFilter(new NoForwarding(log));
        if (forwarding != null) {
            forwarding.addTo(server);
        }
        server.setShellFactory(channel -> talk(channel.getSession(), null));
        server.setCommandFactory((channel, line) -> talk(channel.getSession(), line));
        if (config.files() != null) {
            addFiles(server, config.files());
        }
        server.addSessionListener(operators);
        server.addSessionListener(limit);
        if (guests != null) {
            server.addSessionListener(guests);
        }
        limits(server);
        try {
            server.start();
        } catch (IOException failed) {
            throw new StartException(
                    "the console cannot listen on " + Addresses.text(socket)
                            + (socket.equals(address) ? "" : " (the lab's " + Addresses.text(address) + ")") + ": "
                            + failed.getMessage(),
                    failed);
        }
        servers.add(server);
        listeners.add(new Listener("ssh", address, new InetSocketAddress(socket.getAddress(), server.getPort())));
    }

    private void addFiles(SshServer server, DropConfig files) throws StartException {
        try {
            Drop.add(server, files, log, this::mayUseFiles);
        } catch (IOException unusable) {
            throw new StartException("the console's files cannot be shown: " + unusable.getMessage(), unusable);
        }
    }

    /** A subject may share an operator's name. */
    private boolean mayUseFiles(Session session) {
        return Visit.of(session) == null && Scope.allows(scopes.of(session.getUsername()), Scope.FILES);
    }

    private Talk talk(Session session, @Nullable String line) {
        return new Talk(
                guests != null && Visit.of(session) != null
                        ? guests.talk(config.labName(), log, line)
                        : new OperatorTalk(config, interpreter, log, scopes, line));
    }

    private void limits(SshServer server) {
        CoreModuleProperties.NIO_WORKERS.set(server, IO_THREADS);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, config.logInWithin());
        CoreModuleProperties.IDLE_TIMEOUT.set(server, config.idleFor());
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, config.idleFor().plusSeconds(15));
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, config.authenticationTries());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MAX_CHANNELS_OF_A_SESSION);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "kwangmyong");
    }

    @Override
    public synchronized void stop() {
        if (guests != null) {
            guests.close();
        }
        for (SshServer server : servers) {
            try {
                server.stop(true);
            } catch (IOException failed) {
                LOG.debug("the console did not stop cleanly", failed);
            }
        }
        servers.clear();
        listeners.clear();
        if (hostKeys != null) {
            hostKeys.close();
            hostKeys = null;
        }
    }

    @Override
    public synchronized List<Listener> listeners() {
        return List.copyOf(listeners);
    }
}
