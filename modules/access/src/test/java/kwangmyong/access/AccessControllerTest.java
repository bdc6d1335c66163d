package kwangmyong.access;

import static kwangmyong.access.DefaultLab.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessControllerTest {
    private static final InetAddress CAFE = address("10.76.10.11");
    private static final InetAddress CAMPUS = address("10.76.20.11");
    private static final InetAddress HOTEL = address("10.76.60.11");
    private static final InetAddress WORKBENCH = address("10.0.0.1");

    private final MemoryStore store = new MemoryStore();
    private final SettableClock clock = new SettableClock();
    private final RecordingJournal journal = new RecordingJournal();
    private AccessController controller;

    @BeforeEach
    void start() {
        controller = started(DefaultLab.policy());
    }

    @AfterEach
    void stop() {
        controller.stop();
    }

    private AccessController started(Policy policy) {
        var config = AccessConfig.of(DefaultLab.accounts(), List.of(AccountConfig.demonstration("operator")));
        var fresh = new AccessController(policy, config, clock, journal, store);
        fresh.start();
        return fresh;
    }

    private void restart() {
        controller.stop();
        controller = started(DefaultLab.policy());
    }

    @Test
    void seatsHaveTheirSubjectsFromTheStartAndPortalsHaveNobody() {
        assertThat(controller.sessions().at(CAMPUS).subject()).isEqualTo("academic");
        assertThat(controller.sessions().at(CAFE).subject()).isNull();
        assertThat(controller.sessions().at(address("192.0.2.1")).attachment()).isNull();
    }

    @Test
    void aLogInChangesWhatATerminalMayResolveAndALogOutChangesItBack() {
        assertThat(resolve(CAFE, "naenara.com.kp").reason()).isEqualTo(Reason.NOT_LOGGED_IN);

        Identity resident = accepted(controller.sessions().logIn(CAFE, "Resident", "resident-demo"));

        assertThat(resident.session()).isNotNull();
        assertThat(resolve(CAFE, "naenara.com.kp").isAllowed()).isTrue();
        assertThat(controller.sessions().stands(resident)).isTrue();

        assertThat(get(controller.sessions().logOut(CAFE))).isTrue();

        assertThat(resolve(CAFE, "naenara.com.kp").reason()).isEqualTo(Reason.NOT_LOGGED_IN);
        assertThat(controller.sessions().stands(resident)).isFalse();
        assertThat(get(controller.sessions().logOut(CAFE))).isFalse();
        assertThat(journal.events()).extracting(Event::action).contains("log-in", "log-out");
    }

    @Test
    void aWrongPasswordAnUnknownNameAndAnUnknownTerminalAreRefused() {
        assertThat(refused(controller.sessions().logIn(CAFE, "resident", "wrong")))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(refused(controller.sessions().logIn(CAFE, "nobody-at-all", "x")))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(refused(controller.sessions().logIn(address("192.0.2.1"), "resident", "resident-demo")))
                .isEqualTo(Reason.UNKNOWN_TERMINAL);
    }

    @Test
    void namingOneselfAtSomebodyElsesSeatIsASeatMismatch() {
        assertThat(refused(controller.sessions().logIn(CAMPUS, "trader", "trader-demo")))
                .isEqualTo(Reason.SEAT_MISMATCH);
        assertThat(refused(controller.sessions().authenticate(CAMPUS, "trader", "trader-demo", Layer.GATEWAY)))
                .isEqualTo(Reason.SEAT_MISMATCH);
        accepted(controller.sessions().logIn(CAFE, "resident", "resident-demo"));
        assertThat(refused(controller.sessions().logIn(CAFE, "delegate", "delegate-demo")))
                .isEqualTo(Reason.SEAT_MISMATCH);
    }

    @Test
    void credentialsNameTheSubjectUnderTheTerminalsCeiling() {
        Identity leader =
                accepted(controller.sessions().authenticate(WORKBENCH, "leader", "leader-demo", Layer.GATEWAY));

        assertThat(leader.session()).extracting(Session::origin).isEqualTo(Session.Origin.CREDENTIALS);
        assertThat(controller.sessions().at(WORKBENCH).session()).isNull();
        Decision decision = controller.decide(
                new Access(leader, Layer.GATEWAY, Action.RESOLVE, new Resource.Name("dailynk.com", "A"), clock.now()));
        assertThat(decision.held()).isNotNull();
        assertThat(DefaultLab.LATTICE.show(decision.held())).isEqualTo("official+library+news+mail+directory+world");
    }

    @Test
    void theSameCredentialsAreRecognisedWithoutASecondHashWhileTheirSessionLasts() {
        Identity first =
                accepted(controller.sessions().authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY));
        CompletionStage<Authentication> again =
                controller.sessions().authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY);

        assertThat(again.toCompletableFuture()).isDone();
        assertThat(accepted(again)).isEqualTo(first);

        clock.advance(AccessConfig.DEFAULT_SESSION);
        assertThat(controller.sessions().stands(first)).isFalse();
        assertThat(accepted(controller.sessions().authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY)))
                .isNotEqualTo(first);
    }

    @Test
    void connectionsThatABrowserOpensAtOnceShareOneSessionAndOneLineInTheJournal() {
        List<Identity> identities = IntStream.range(0, 6)
                .mapToObj(
                        number -> controller.sessions().authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY))
                .toList()
                .stream()
                .map(AccessControllerTest::accepted)
                .toList();

        assertThat(identities).allSatisfy(identity -> {
            assertThat(identity).isEqualTo(identities.get(0));
            assertThat(controller.sessions().stands(identity)).isTrue();
        });
        assertThat(journal.events()).extracting(Event::action).containsOnlyOnce("log-in");
    }

    @Test
    void mailKnowsItsUsersByTheirMailboxToo() {
        assertThat(accepted(controller
                                .sessions()
                                .authenticate(CAMPUS, "academic@silibank.net.kp", "academic-demo", Layer.MAIL))
                        .subject())
                .isEqualTo("academic");
    }

    @Test
    void theResidentCannotLogInToMail() {
        var outcome = get(controller.sessions().authenticate(CAFE, "resident", "resident-demo", Layer.MAIL));

        assertThat(outcome).isInstanceOfSatisfying(Authentication.Refused.class, refused -> {
            assertThat(refused.decision().reason()).isEqualTo(Reason.CLEARANCE);
            assertThat(refused.decision().presentation()).isEqualTo(new Presentation.Mail(535, "5.7.8"));
        });
    }

    @Test
    void aSessionExpiresAndTellsWhoListens() {
        AtomicInteger told = new AtomicInteger();
        accepted(controller.sessions().logIn(CAFE, "resident", "resident-demo"));
        controller.onChange(told::incrementAndGet);

        clock.advance(AccessConfig.DEFAULT_SESSION);

        assertThat(controller.sessions().at(CAFE).session()).isNull();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(told).hasPositiveValue());
        assertThat(journal.events()).extracting(Event::action).contains("expire");
    }

    @Test
    void aGrantOpensTheWorldUntilItEndsOrIsRevoked() {
        accepted(controller.sessions().logIn(HOTEL, "delegate", "delegate-demo"));
        String before = controller.snapshot().hash();
        assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isFalse();

        GrantView grant = get(controller
                .operations()
                .grant(new GrantRequest("delegate", "world", Duration.ofHours(1), "a delegation", "operator")));
        assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isTrue();
        assertThat(controller.snapshot().hash()).isNotEqualTo(before);

        get(controller.operations().revoke(grant.id(), "operator"));
        assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isFalse();
        assertThat(controller.snapshot().hash()).isEqualTo(before);

        get(controller.operations().grant(new GrantRequest("delegate", "world", Duration.ofHours(1), "", "operator")));
        clock.advance(Duration.ofHours(1));
        assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isFalse();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(controller.operations().grants()).isEmpty());
    }

    @Test
    void decisionsAreSteadyUntilTheFirstGrantOrSessionEndsByItself() {
        assertThat(controller.steadyUntil(clock.now())).isEqualTo(Instant.MAX);
        accepted(controller.sessions().logIn(HOTEL, "delegate", "delegate-demo"));
        assertThat(controller.steadyUntil(clock.now())).isEqualTo(clock.now().plus(AccessConfig.DEFAULT_SESSION));
        Duration hour = Duration.ofHours(1);
        get(controller.operations().grant(new GrantRequest("delegate", "world", hour, "", "operator")));
        assertThat(controller.steadyUntil(clock.now())).isEqualTo(clock.now().plus(hour));
    }

    @Test
    void whatHappenedOutlivesARestart() {
        accepted(controller.sessions().logIn(HOTEL, "delegate", "delegate-demo"));
        get(controller.sessions().logOut(CAMPUS));
        get(controller.operations().grant(new GrantRequest("delegate", "world", Duration.ofHours(1), "", "operator")));

        restart();

        assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isTrue();
        assertThat(controller.sessions().at(CAMPUS).session()).isNull();

        accepted(controller.sessions().logIn(CAMPUS, "academic", "academic-demo"));
        restart();
        assertThat(controller.sessions().at(CAMPUS).subject()).isEqualTo("academic");
    }

    @Test
    void explainsEveryLayerForASubjectWhereTheyAre() {
        var explanation = controller.operations().explain(ExplainRequest.of("academic", "dailynk.com"));

        assertThat(explanation.terminal()).isEqualTo("10.76.20.11");
        assertThat(explanation.present()).isTrue();
        assertThat(explanation.decisions())
                .extracting(LayerDecision::layer, LayerDecision::action, LayerDecision::verdict, LayerDecision::rule)
                .containsExactly(
                        tuple("dns", "resolve", "deny", "world"),
                        tuple("gateway", "fetch", "deny", "world"),
                        tuple("gateway", "tunnel", "deny", "world"));
    }

    @Test
    void anUnknownSubjectIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> controller.operations().explain(ExplainRequest.of("acadmic", "kcna.kp")))
                .isInstanceOf(OperationException.class)
                .hasMessage("there is no subject 'acadmic'; did you mean academic?");
    }

    @Test
    void aDenialCanBeSeenAgain() {
        Access access = new Access(
                controller.sessions().at(CAMPUS),
                Layer.DNS,
                Action.RESOLVE,
                new Resource.Name("dailynk.com", "A"),
                clock.now());
        controller.journal().record(Event.of(access, controller.decide(access), 1));
        controller.journal().record(Event.of(access, controller.decide(access), 1));

        assertThat(controller.operations().denialsOf("academic"))
                .singleElement()
                .satisfies(denial -> {
                    assertThat(denial.count()).isEqualTo(2);
                    assertThat(denial.decision().resource()).isEqualTo("dailynk.com A");
                    assertThat(denial.decision().reason()).isEqualTo("clearance");
                });
    }

    @Test
    void anOperatorsPasswordIsChecked() {
        assertThat(get(controller.operations().checkOperator("operator", "operator-demo", "here")))
                .isTrue();
        assertThat(get(controller.operations().checkOperator("operator", "wrong", "here")))
                .isFalse();
        assertThat(get(controller.operations().checkOperator("academic", "academic-demo", "here")))
                .isFalse();
    }

    @Test
    void aReloadKeepsWhatStillStandsAndEndsTheRest() {
        Identity delegate = accepted(controller.sessions().logIn(HOTEL, "delegate", "delegate-demo"));
        Identity resident = accepted(controller.sessions().logIn(CAFE, "resident", "resident-demo"));
        Policy before = DefaultLab.policy();
        Policy withoutDelegate = new Policy(
                before.lattice(),
                before.subjects().subList(0, 5),
                before.attachments(),
                before.rules().subList(1, 9),
                before.mail(),
                before.captive(),
                before.denials(),
                List.of(),
                true);

        String hash = get(controller.reload(withoutDelegate));

        assertThat(hash).isEqualTo(controller.snapshot().hash());
        assertThat(controller.sessions().stands(resident)).isTrue();
        assertThat(controller.sessions().stands(delegate)).isFalse();
        assertThat(resolve(CAFE, "kp").rule()).isEqualTo(Decision.NO_RULE);
        assertThat(journal.events()).extracting(Event::action).contains("end");
    }

    @Test
    void anotherPasswordInTheConfigurationEndsWhatTheOldOneBegan() {
        var sessions = controller.sessions();
        Identity trader = accepted(sessions.authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY));
        Identity leader = accepted(sessions.authenticate(WORKBENCH, "leader", "leader-demo", Layer.GATEWAY));
        var changed = AccessConfig.of(
                List.of(new AccountConfig("trader", "another", null), AccountConfig.demonstration("leader")),
                List.of());

        get(controller.reload(DefaultLab.policy(), changed));

        assertThat(sessions.stands(trader)).isFalse();
        assertThat(sessions.stands(leader)).isTrue();
        assertThat(refused(sessions.authenticate(WORKBENCH, "trader", "trader-demo", Layer.GATEWAY)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        accepted(sessions.authenticate(WORKBENCH, "trader", "another", Layer.GATEWAY));
    }

    @Test
    void ofManyWhoLogInAtOnceAtOneTerminalOneGetsIt() {
        List<String> names = List.of("resident", "delegate", "academic", "trader");

        List<CompletionStage<Authentication>> attempts = names.stream()
                .map(name -> controller.sessions().logIn(CAFE, name, name + "-demo"))
                .toList();

        assertThat(attempts.stream().map(AccessControllerTest::get).filter(Authentication.Accepted.class::isInstance))
                .hasSize(1);
    }

    @Test
    void decisionsGoOnWhileEverythingChanges() throws InterruptedException {
        AtomicBoolean going = new AtomicBoolean(true);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> askers = IntStream.range(0, 3)
                .mapToObj(number -> new Thread(() -> {
                    while (going.get()) {
                        try {
                            Identity identity = controller.sessions().at(HOTEL);
                            controller.sessions().stands(identity);
                            resolve(HOTEL, "dailynk.com");
                        } catch (RuntimeException failure) {
                            failures.add(failure);
                        }
                    }
                }))
                .toList();
        askers.forEach(Thread::start);
        for (int turn = 0; turn < 30; turn++) {
            get(controller.operations().logIn("delegate", "10.76.60.11", "operator"));
            GrantView grant = get(controller
                    .operations()
                    .grant(new GrantRequest("delegate", "world", Duration.ofHours(1), "", "operator")));
            assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isTrue();
            get(controller.reload(DefaultLab.policy()));
            assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isTrue();
            get(controller.operations().revoke(grant.id(), "operator"));
            assertThat(resolve(HOTEL, "dailynk.com").isAllowed()).isFalse();
            get(controller.operations().logOut("10.76.60.11", "operator"));
        }
        going.set(false);
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void whatAnOperatorCannotDoIsSaidInASentence() {
        assertThat(failure(controller.operations().logIn("trader", "10.76.20.11", "operator")))
                .isEqualTo("10.76.20.11 is the seat of academic");
        assertThat(failure(controller.operations().logIn("trader", "192.0.2.1", "operator")))
                .isEqualTo("192.0.2.1 belongs to no attachment");
        assertThat(failure(controller.operations().revoke("g9", "operator"))).isEqualTo("there is no grant 'g9'");
        assertThat(failure(controller
                        .operations()
                        .grant(new GrantRequest("delegate", "wrold", Duration.ofHours(1), "", "operator"))))
                .startsWith("'wrold' is neither a level");
    }

    private static String failure(CompletionStage<?> stage) {
        return stage.handle((done, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    assertThat(cause).isInstanceOf(OperationException.class);
                    return String.valueOf(cause.getMessage());
                })
                .toCompletableFuture()
                .join();
    }

    private Decision resolve(InetAddress terminal, String name) {
        return controller.decide(new Access(
                controller.sessions().at(terminal),
                Layer.DNS,
                Action.RESOLVE,
                new Resource.Name(name, "A"),
                clock.now()));
    }

    private static Identity accepted(CompletionStage<Authentication> stage) {
        Authentication outcome = get(stage);
        assertThat(outcome).isInstanceOf(Authentication.Accepted.class);
        return ((Authentication.Accepted) outcome).identity();
    }

    private static Reason refused(CompletionStage<Authentication> stage) {
        Authentication outcome = get(stage);
        assertThat(outcome).isInstanceOf(Authentication.Refused.class);
        return ((Authentication.Refused) outcome).decision().reason();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
