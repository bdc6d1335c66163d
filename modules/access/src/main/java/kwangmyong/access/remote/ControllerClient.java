package kwangmyong.access.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.replica.ReplicaController;
import kwangmyong.access.replica.Upstream;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.MutualTls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's connection to its controller: opened again whenever it breaks, later and later up to a limit. What comes over it goes to a
 * {@link ReplicaController}, and to a file for a start while the controller is away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or a wait that fails shows where the connection ends
public final class ControllerClient implements Upstream, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControllerClient.class);

    private static final long SAVE_EVERY_MILLIS = 500;
    /** Who knows nothing from before waits this many times as long. */
    private static final int LONGER = 5;

    private final Config config;
    private final RemoteClock clock;
    private final LastState lastState;
    private final ChainOutflow outflow;
    private final Dialling dialling;
    /** Rules are compiled and files are written here, what the controller says in its order. */
    private final ScheduledThreadPoolExecutor chores = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "kwm-follow");
        thread.setDaemon(true);
        return thread;
    });

    private final CompletableFuture<Known> first = new CompletableFuture<>();
    private final Heard heard = new Heard();
    private @Nullable ReplicaController replica;
    private @Nullable ControllerLink link;
    private volatile boolean closed;
    private volatile String why = "it was not reached yet";

    /**
     * What the service's side needs.
     *
     * @param controller where it listens, as a socket of this machine's network
     * @param lab the name of the lab that this service is of
     * @param service what it serves
     * @param folder of what was known last; must exist
     */
    public record Config(InetSocketAddress controller, String lab, String service, Path folder, RemoteLimits limits) {}

    /**
     * What must be known before a service can begin.
     *
     * @param seal the key by which sites are told who asks
     * @param live whether the controller itself said so, rather than the file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Known(byte[] seal, boolean live) {}

    /** @param journal this process's own, to be handed to the controller */
    public ControllerClient(
            Config config,
            Transport transport,
            MutualTls tls,
            RemoteClock clock,
            JournalView journal,
            InstantSource machine) {
        this.config = config;
        this.clock = clock;
        this.lastState = new LastState(config.folder(), machine);
        this.outflow = new ChainOutflow(journal, config.limits());
        this.dialling = new Dialling(
                config.controller(),
                config.limits(),
                transport,
                tls.nettyClient(),
                () -> new ControllerLink(this, config.limits()),
                this::refused);
    }

    /**
     * Begins to follow the controller.
     *
     * @return completes as soon as anything is known: by the controller, or by the file when the controller is not there within {@code patience}; fails when neither is
     */
    public CompletionStage<Known> start(ReplicaController followed, Duration patience) {
        synchronized (this) {
            replica = followed;
        }
        dialling.now();
        chores.scheduleWithFixedDelay(this::save, SAVE_EVERY_MILLIS, SAVE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        chores.schedule(() -> takeTheFile(false), patience.toMillis(), TimeUnit.MILLISECONDS);
        chores.schedule(() -> takeTheFile(true), LONGER * patience.toMillis(), TimeUnit.MILLISECONDS);
        return first;
    }

    /** @param inVain whether there is nothing more to wait for */
    private void takeTheFile(boolean inVain) {
        if (first.isDone()) {
            return; // the controller was quicker
        }
        LastState.Known known = lastState.read().orElse(null);
        if (known == null && !inVain) {
            return; // a machine that is busy takes its time to connect
        } else if (known == null) {
            first.completeExceptionally(new TimeoutException("the controller at " + config.controller()
                    + " does not answer (" + why + "), and nothing is known from before"));
            return;
        }
        synchronized (this) {
            if (heard.rules() == null) {
                log.warn("the controller is away ({}); this service goes by what it knew at {}", why, known.machine());
                clock.heard(known.labAt(lastState.machineNow()), known.speed());
                replica().rules(heard.begin(known));
                replica().seating(known.present(), List.of(), true);
            }
        }
        first.complete(new Known(known.key(), false));
    }

    private ReplicaController replica() {
        return Objects.requireNonNull(replica, "not started");
    }

    /** Why the controller cannot be gone by at the moment. */
    void refused(String reason) {
        if (!reason.equals(why)) {
            log.info("the controller at {}: {}", config.controller(), reason);
        }
        why = reason;
    }

    /** The controller answers, and wants none of this service: to wait for it is in vain. */
    void turnedAway(String reason) {
        refused(reason);
        afterwards(() -> takeTheFile(true));
    }

    Message hello() {
        return new Message.Hello(
                Message.VERSION, config.lab(), config.service(), 0, replica().credentials());
    }

    /** Takes a message in; {@code end} runs when the connection must end because of it. */
    void hear(ControllerLink from, Message message, Runnable end) {
        if (!afterwards(() -> {
            try {
                if (!follow(from, message)) {
                    end.run();
                }
            } catch (RuntimeException failure) {
                log.error(
                        "a controller's {} was not followed", message.getClass().getSimpleName(), failure);
                end.run();
            }
        })) {
            end.run();
        }
    }

    /** Does something behind what the controller said before; false when this is closing and nothing is done any more. */
    private boolean afterwards(Runnable chore) {
        try {
            chores.execute(chore);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private synchronized boolean follow(ControllerLink from, Message message) {
        PolicySnapshot rules = heard.rules();
        if (message instanceof Message.Welcome welcome) {
            link = from;
            heard.sealed(welcome.seal());
            dialling.answered();
            return true;
        } else if (link != from) {
            return false;
        } else if (message instanceof Message.Beat beat) {
            Instant now = beat.now();
            if (now != null) {
                clock.heard(now, beat.speed());
            }
            return true;
        } else if (message instanceof Message.Rules told) {
            return isInForce(told.policy(), told.hash(), null);
        } else if (message instanceof Message.Grants told && rules != null) {
            return isInForce(rules.policy().withGrants(told.grants()), told.hash(), rules.withGrants(told.grants()));
        } else if (message instanceof Message.Seating told) {
            seated(told);
            return true;
        } else if (message instanceof Message.Ended ended) {
            replica().ended(ended.sessions());
            return true;
        } else if (message instanceof Message.Fetch fetch) {
            outflow.want(fetch.after(), lines -> from.send(new Message.Lines(lines)));
            return true;
        }
        return false;
    }

    private boolean isInForce(Policy policy, String hash, @Nullable PolicySnapshot sharing) {
        PolicySnapshot made = sharing == null ? PolicySnapshot.of(policy) : sharing;
        if (!made.hash().equals(hash)) {
            refused("its rules are " + hash + " there and " + made.hash() + " here; the two are not of one version");
            return false;
        }
        heard.ruled(made);
        replica().rules(made);
        return true;
    }

    private void seated(Message.Seating told) {
        heard.seated(told);
        replica().seating(told.present(), told.left(), told.whole());
        if (heard.rules() != null) { // rules come first
            replica().away(false);
            why = "it is there";
            first.complete(new Known(heard.seal(), true));
        }
    }

    void lost(ControllerLink gone) {
        if (afterwards(() -> isLost(gone))) {
            dialling.later();
        }
    }

    private synchronized void isLost(ControllerLink gone) {
        if (link == gone) {
            link = null;
            outflow.nobody();
            log.warn("the controller at {} is away", config.controller());
            replica().away(true);
        }
    }

    private void save() {
        LastState.@Nullable Known known;
        synchronized (this) {
            known = closed ? null : heard.toKeep(clock, lastState.machineNow());
        }
        if (known != null) {
            try {
                lastState.write(known);
            } catch (IOException failed) {
                log.warn("what is known could not be kept for another start: {}", failed.toString());
            }
        }
    }

    @Override
    public CompletionStage<Answer> logIn(InetAddress terminal, String name, String password, @Nullable Layer layer) {
        ControllerLink there = there();
        return there == null ? isAway() : there.logIn(terminal, name, password, layer);
    }

    @Override
    public CompletionStage<Boolean> logOut(InetAddress terminal) {
        ControllerLink there = there();
        return there == null ? isAway() : there.logOut(terminal);
    }

    private synchronized @Nullable ControllerLink there() {
        return link;
    }

    private static <T> CompletableFuture<T> isAway() {
        return CompletableFuture.failedFuture(new IOException("the controller is away"));
    }

    @Override
    public void close() {
        chores.shutdown();
        save();
        closed = true;
        outflow.close();
        dialling.end();
    }
}
