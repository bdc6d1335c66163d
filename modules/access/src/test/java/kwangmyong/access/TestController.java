package kwangmyong.access;

import static kwangmyong.access.DefaultLab.address;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.api.Operations;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.access.store.Store;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.SettableClock;

/** A controller of the default lab on a store in memory and a clock that stands, which can be started again. */
final class TestController implements AutoCloseable {
    static final InetAddress CAFE = address("10.76.10.11");
    static final InetAddress CAFE_WINDOW = address("10.76.10.12");
    static final InetAddress CAMPUS = address("10.76.20.11");
    static final InetAddress HOTEL = address("10.76.60.11");
    static final InetAddress WORKBENCH = address("10.0.0.1");

    final SettableClock clock = new SettableClock();
    final RecordingJournal journal = new RecordingJournal();
    private final Store store;
    private AccessController controller;
    private Policy policy;
    private AccessConfig config;

    TestController(LimitsConfig limits) {
        this(DefaultLab.policy(), config().within(limits), new MemoryStore());
    }

    TestController(Policy policy, AccessConfig config, Store store) {
        this.policy = policy;
        this.config = config;
        this.store = store;
        this.controller = started();
    }

    static AccessConfig config() {
        return AccessConfig.of(DefaultLab.accounts(), List.of(AccountConfig.demonstration("operator")));
    }

    private AccessController started() {
        var fresh = new AccessController(policy, config, clock, journal, store);
        fresh.start();
        return fresh;
    }

    void restart() {
        restart(policy, config);
    }

    void restart(Policy otherPolicy, AccessConfig otherConfig) {
        controller.stop();
        policy = otherPolicy;
        config = otherConfig;
        controller = started();
    }

    AccessController controller() {
        return controller;
    }

    Operations operations() {
        return controller.operations();
    }

    Sessions sessions() {
        return controller.sessions();
    }

    Authentication logIn(InetAddress terminal, String subject) {
        return get(sessions().logIn(terminal, subject, subject + "-demo"));
    }

    Authentication authenticate(InetAddress terminal, String subject) {
        return get(sessions().authenticate(terminal, subject, subject + "-demo", Layer.GATEWAY));
    }

    static Identity accepted(Authentication outcome) {
        if (outcome instanceof Authentication.Accepted accepted) {
            return accepted.identity();
        }
        throw new AssertionError(outcome);
    }

    static Decision refused(Authentication outcome) {
        if (outcome instanceof Authentication.Refused refused) {
            return refused.decision();
        }
        throw new AssertionError(outcome);
    }

    Decision resolve(InetAddress terminal, String name) {
        Identity who = sessions().at(terminal);
        return controller.decide(new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), clock.now()));
    }

    /** What comes of it, or the failure that it ends with. */
    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        controller.stop();
    }
}
