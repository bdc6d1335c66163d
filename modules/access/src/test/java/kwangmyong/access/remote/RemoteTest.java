package kwangmyong.access.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.AccessController;
import kwangmyong.access.DefaultLab;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.journal.ChainFolder;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.replica.ReplicaController;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions.Authentication;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.MutualTls;
import kwangmyong.testkit.RecordingJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller and services, each with everything but a process of its own. */
final class RemoteTest {
    private static final InetAddress CAFE = DefaultLab.address("10.76.10.11");
    private static final InetAddress CAMPUS = DefaultLab.address("10.76.20.11");
    private static final InetAddress HOTEL = DefaultLab.address("10.76.60.11");
    private static final Duration SOON =
            Duration.ofSeconds(10); // of a machine that has much else to do: the time itself is ServeIT's

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final AskerSeal seal = AskerSeal.withFreshKey();
    private final List<Follower> followers = new ArrayList<>();
    private Transport transport;
    private Authority authority;
    private AccessController access;
    private ControllerService service;
    private InetSocketAddress socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @BeforeEach
    void start() throws Exception {
        transport = Transport.best(2);
        authority = Authority.open(folder.resolve("keys"), "control", "a test's control authority");
        startController();
    }

    private void startController() throws Exception {
        access = new AccessController(
                DefaultLab.policy(),
                AccessConfig.of(DefaultLab.accounts(), List.of()),
                Instant::now,
                new RecordingJournal(),
                store);
        access.start();
        service = new ControllerService(
                new ControllerService.Config(List.of(socket), "test", 1, RemoteLimits.DEFAULT),
                access,
                Instant::now,
                seal,
                transport,
                AddressPlan.real(),
                new MutualTls(
                        authority.issue("controller", List.of(ServiceNames.CONTROLLER), List.of()),
                        authority.certificate()),
                new ChainFolder(JournalConfig.under(folder.resolve("controller")), Instant::now));
        service.start();
        socket = service.listeners().get(0).socket();
    }

    private void stopController() {
        service.stop();
        access.stop();
    }

    @AfterEach
    void stop() {
        followers.forEach(Follower::close);
        stopController();
        transport.close();
    }

    /** One service's side. */
    private final class Follower implements AutoCloseable {
        final JournalFile journal;
        final ControllerClient client;
        final ReplicaController replica;

        Follower(String process, String lab, MutualTls tls, boolean closedWhenAway) throws IOException {
            Path state = folder.resolve(process);
            Files.createDirectories(state);
            JournalConfig files = JournalConfig.under(state);
            var clock = new RemoteClock(Instant.now(), 1);
            journal = JournalFile.open(files, () -> DefaultLab.LATTICE, clock);
            client = new ControllerClient(
                    new ControllerClient.Config(socket, lab, "dns", state, RemoteLimits.DEFAULT),
                    transport,
                    tls,
                    clock,
                    new JournalReader(files),
                    InstantSource.system());
            replica = new ReplicaController(
                    PolicySnapshot.of(DefaultLab.policy()), clock, journal, client, closedWhenAway);
            replica.start();
            followers.add(this);
        }

        ControllerClient.Known begin() {
            return begin(Duration.ofSeconds(15));
        }

        ControllerClient.Known begin(Duration patience) {
            return get(client.start(replica, patience));
        }

        Decision resolve(InetAddress terminal, String name) {
            return resolveAs(replica.sessions().at(terminal), name);
        }

        Decision resolveAs(Identity who, String name) {
            return replica.decide(
                    new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), Instant.now()));
        }

        @Override
        public void close() {
            client.close();
            replica.stop();
            journal.close();
        }
    }

    private MutualTls pass(String name) {
        return new MutualTls(authority.issueClient(name), authority.certificate());
    }

    private Follower following(String process) throws IOException {
        var follower = new Follower(process, "test", pass(ServiceNames.of(process)), false);
        assertThat(follower.begin().live()).isTrue();
        return follower;
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void aGrantALogInALogOutAndAReloadAreInForceEverywhereWithinASecond() throws Exception {
        List<Follower> all = List.of(following("dns-1"), following("dns-2"));
        assertThat(all).allSatisfy(each -> {
            assertThat(each.replica.snapshot().hash())
                    .isEqualTo(access.snapshot().hash());
            assertThat(each.resolve(CAMPUS, "kcna.kp").isAllowed()).isTrue();
            assertThat(each.resolve(CAFE, "naenara.com.kp").reason()).isEqualTo(Reason.NOT_LOGGED_IN);
        });

        get(access.operations().logIn("delegate", "10.76.60.11", "ann"));
        get(access.operations().grant(new GrantRequest("delegate", "world", Duration.ofHours(1), "", "ann")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(all).allSatisfy(each -> {
                    assertThat(each.resolve(HOTEL, "dailynk.com").isAllowed()).isTrue();
                    assertThat(each.replica.snapshot().hash())
                            .isEqualTo(access.snapshot().hash());
                }));

        Identity before = all.get(0).replica.sessions().at(HOTEL);
        get(access.operations().logOut("10.76.60.11", "ann"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(all).allSatisfy(each -> {
                    assertThat(each.resolve(HOTEL, "dailynk.com").reason()).isEqualTo(Reason.NOT_LOGGED_IN);
                    assertThat(each.replica.sessions().stands(before)).isFalse();
                }));

        get(access.reload(DefaultLab.with(DefaultLab.policy(), List.of(DefaultLab.deny("nothing", "kp")))));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(all)
                        .allSatisfy(each -> assertThat(
                                        each.resolve(CAMPUS, "kcna.kp").isAllowed())
                                .isFalse()));
    }

    @Test
    void credentialsAreTheControllersToCheckAndHoldHereUntilItEndsThem() throws Exception {
        Follower gateway = following("gateway-1");

        var wrong = get(gateway.replica.sessions().authenticate(CAFE, "resident", "wrong", Layer.GATEWAY));
        assertThat(((Authentication.Refused) wrong).decision().reason()).isEqualTo(Reason.BAD_CREDENTIALS);
        var right = get(gateway.replica.sessions().authenticate(CAFE, "resident", "resident-demo", Layer.GATEWAY));
        Identity resident = ((Authentication.Accepted) right).identity();
        assertThat(resident.subject()).isEqualTo("resident");
        assertThat(gateway.resolveAs(resident, "naenara.com.kp").isAllowed()).isTrue();
        var again = get(gateway.replica.sessions().authenticate(CAFE, "resident", "resident-demo", Layer.GATEWAY));
        assertThat(((Authentication.Accepted) again).identity().session()).isEqualTo(resident.session());

        get(access.operations().logOut("10.76.10.11", "ann"));
        await().atMost(SOON).until(() -> !gateway.replica.sessions().stands(resident));
    }

    @Test
    void aLogInAtThePortalOfOneServiceIsKnownToTheOthers() throws Exception {
        Follower one = following("sites-1");
        Follower other = following("dns-1");

        get(one.replica.sessions().logIn(CAFE, "resident", "resident-demo"));
        await().atMost(SOON)
                .until(() -> "resident".equals(other.replica.sessions().at(CAFE).subject()));
        assertThat(get(other.replica.sessions().logOut(CAFE))).isTrue();
        await().atMost(SOON).until(() -> one.replica.sessions().at(CAFE).session() == null);
    }

    @Test
    void whileTheControllerIsAwayDecisionsGoOnOrAreRefusedAsConfiguredAndNobodyLogsIn() throws Exception {
        Follower goingOn = following("dns-1");
        var closed = new Follower("dns-2", "test", pass(ServiceNames.of("dns-2")), true);
        closed.begin();
        assertThat(closed.resolve(CAMPUS, "kcna.kp").isAllowed()).isTrue();

        stopController();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> closed.resolve(CAMPUS, "kcna.kp").reason() == Reason.CONTROLLER_AWAY);
        assertThat(goingOn.resolve(CAMPUS, "kcna.kp").isAllowed()).isTrue();
        assertThat(goingOn.resolve(CAMPUS, "dailynk.com").reason()).isEqualTo(Reason.CLEARANCE);
        var refused = get(goingOn.replica.sessions().logIn(CAFE, "resident", "resident-demo"));
        assertThat(((Authentication.Refused) refused).decision().reason()).isEqualTo(Reason.CONTROLLER_AWAY);

        startController();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> closed.resolve(CAMPUS, "kcna.kp").isAllowed());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> get(goingOn.replica.sessions().logIn(CAFE, "resident", "resident-demo"))
                        instanceof Authentication.Accepted);
    }

    @Test
    void aServiceThatStartsWhileTheControllerIsAwayGoesByWhatWasKnownLast() throws Exception {
        Follower before = following("dns-1");
        get(access.operations().logIn("delegate", "10.76.60.11", "ann"));
        await().until(() -> before.replica.sessions().at(HOTEL).session() != null);
        before.close();
        stopController();

        var again = new Follower("dns-1", "test", pass(ServiceNames.of("dns-1")), false);
        ControllerClient.Known known = again.begin(Duration.ofMillis(100));
        assertThat(known.live()).isFalse();
        assertThat(known.seal()).isEqualTo(seal.key());
        assertThat(again.resolve(CAMPUS, "kcna.kp").isAllowed()).isTrue();
        assertThat(again.replica.sessions().at(HOTEL).subject()).isEqualTo("delegate");

        var never = new Follower("dns-9", "test", pass(ServiceNames.of("dns-9")), false);
        assertThatThrownBy(() -> never.begin(Duration.ofMillis(100)))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("does not answer");
        assertThat(never.resolve(CAMPUS, "kcna.kp").reason()).isEqualTo(Reason.CONTROLLER_AWAY);
        startController();
    }

    @Test
    void everyLineOfAServicesJournalComesToTheControllerOnceThroughAbsences() throws Exception {
        Follower dns = following("dns-1");
        JournalConfig files = JournalConfig.under(folder.resolve("controller"));
        JournalFile.open(files, () -> DefaultLab.LATTICE, Instant::now).close(); // the lab's own, without a line
        var reader = new JournalReader(files);
        for (int absence = 0; absence < 3; absence++) {
            for (int line = 0; line < 1_500; line++) {
                dns.journal.record(new Event(
                        Instant.now(), Layer.DNS, null, "resolve", "n" + absence + "-" + line, null, null, 0));
            }
            if (absence == 1) {
                stopController();
                get(dns.journal.force(new Event(Instant.now(), Layer.DNS, null, "alone", "x", null, null, 0)));
                startController();
            }
        }
        get(dns.journal.force(new Event(Instant.now(), Layer.DNS, null, "last", "x", null, null, 0)));
        List<JournalEntry> own =
                new JournalReader(JournalConfig.under(folder.resolve("dns-1"))).last(JournalQuery.ALL, 10_000);

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        reader.last(JournalQuery.ALL.where("action", "last"), 9).size() == 1);

        assertThat(reader.last(JournalQuery.ALL.where("process", "dns-1"), 10_000))
                .extracting(JournalEntry::json)
                .containsExactlyElementsOf(own.stream().map(JournalEntry::json).toList());
        assertThat(own).hasSizeGreaterThan(4_500);
        stopController(); // which signs what it has
        assertThat(reader.verify().faults()).isEmpty();
        startController();
    }

    @Test
    void whoHasNoPassOfTheLabsOrIsOfAnotherLabIsTurnedAway() throws Exception {
        var stranger = Authority.open(folder.resolve("other"), "control", "another control authority");
        var forged = new Follower(
                "dns-1",
                "test",
                new MutualTls(stranger.issueClient(ServiceNames.of("dns-1")), authority.certificate()),
                false);
        assertThatThrownBy(() -> forged.begin(Duration.ofSeconds(1))).hasMessageContaining("does not answer");
        var elsewhere = new Follower("dns-2", "another", pass(ServiceNames.of("dns-2")), false);
        assertThatThrownBy(elsewhere::begin).hasMessageContaining("not of 'another'");
        var noService = new Follower("dns-3", "test", pass("dns-3.example"), false);
        assertThatThrownBy(noService::begin).hasMessageContaining("no service's");
        var believesNobody = new Follower(
                "dns-4",
                "test",
                new MutualTls(authority.issueClient(ServiceNames.of("dns-4")), stranger.certificate()),
                false);
        assertThatThrownBy(() -> believesNobody.begin(Duration.ofSeconds(1))).hasMessageContaining("does not answer");
    }
}
