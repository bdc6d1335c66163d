package kwangmyong.access;

import static kwangmyong.access.TestController.CAFE;
import static kwangmyong.access.TestController.CAMPUS;
import static kwangmyong.access.TestController.HOTEL;
import static kwangmyong.access.TestController.WORKBENCH;
import static kwangmyong.access.TestController.accepted;
import static kwangmyong.access.TestController.get;
import static kwangmyong.access.TestController.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.account.PasswordHashes;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.KeyView;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.LockView;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SubjectView;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeopleDeskTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPb3Uo0Mx0Ghzfx2qZp8QqfJc0xkq6rWvB8l2mZ2mJtN guest@desk";
    private static final InetAddress DESK = DefaultLab.address("10.76.30.12");

    private final TestController lab = new TestController(LimitsConfig.NONE);

    @AfterEach
    void stop() {
        lab.close();
    }

    private SubjectView subject(String name) {
        return lab.operations().subjects().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static NewSubject guest() {
        return new NewSubject(
                "guest", "손님", "cleared + news", List.of("10.76.30.12"), "Guest@silibank.net.kp", "open sesame");
    }

    @Test
    void somebodyWhoIsAddedLogsInSitsAtTheirSeatAndOutlivesARestart() {
        SubjectView added = get(lab.operations().addSubject(guest(), "ann"));

        assertThat(added.added()).isTrue();
        assertThat(added.hasPassword()).isTrue();
        assertThat(added.mailbox()).isEqualTo("guest@silibank.net.kp");
        assertThat(added.terminals()).containsExactly("10.76.30.12");
        assertThat(lab.resolve(DESK, "kcna.kp").isAllowed()).isTrue();

        lab.restart();

        assertThat(subject("guest")).isEqualTo(added);
        assertThat(lab.sessions().at(DESK).subject()).isEqualTo("guest");
        accepted(get(lab.sessions().logIn(CAFE, "guest", "open sesame")));
        assertThat(lab.journal.events()).extracting(Event::action).contains("add-subject");
    }

    @Test
    void somebodyWhoIsRemovedIsNowhereAndLeavesNothingBehind() {
        get(lab.operations().addSubject(guest(), "ann"));
        get(lab.operations().addKey("guest", KEY, "ann"));
        get(lab.operations().grant(new GrantRequest("guest", "library", Duration.ofHours(1), "", "ann")));
        Identity atCafe = accepted(get(lab.sessions().logIn(CAFE, "guest", "open sesame")));
        String before = lab.controller().snapshot().hash();

        get(lab.operations().removeSubject("guest", "ann"));

        assertThat(lab.sessions().stands(atCafe)).isFalse();
        assertThat(lab.sessions().at(DESK).subject()).isNull();
        assertThat(lab.operations().grants()).isEmpty();
        assertThat(lab.controller().snapshot().hash()).isNotEqualTo(before);
        assertThat(refused(get(lab.sessions().logIn(CAFE, "guest", "open sesame")))
                        .reason())
                .isEqualTo(Reason.BAD_CREDENTIALS);

        get(lab.operations().addSubject(new NewSubject("guest", "", "", List.of(), null, null), "ann"));
        assertThat(subject("guest").keys()).isEmpty();
        assertThat(subject("guest").hasPassword()).isFalse();
    }

    @Test
    void whatTheConfigurationDeclaresComesFirst() {
        get(lab.operations().addSubject(guest(), "ann"));
        Policy policy = DefaultLab.policy();
        List<Subject> more = new ArrayList<>(policy.subjects());
        more.add(new Subject("guest", "declared", DefaultLab.LATTICE.clearance("resident"), Set.of(), null));

        get(lab.controller().reload(policy.withSubjects(more)));

        assertThat(subject("guest").description()).isEqualTo("declared");
        assertThat(subject("guest").added()).isFalse();
        assertThat(lab.sessions().at(DESK).subject()).isNull();
        assertRefused(lab.operations().removeSubject("guest", "ann"), "guest is declared in the configuration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "academic | cleared | 10.76.30.12 | | there is a subject 'academic' already",
                "Guest | cleared | 10.76.30.12 | | 'Guest' is no log-in name",
                "guest | cleered | 10.76.30.12 | | 'cleered' is neither a level",
                "guest | cleared | 10.76.20.11 | | 10.76.20.11 is the seat of academic already",
                "guest | cleared | 192.0.2.1 | | 192.0.2.1 belongs to no attachment",
                "guest | cleared | desk | | 'desk' is not a lab address",
                "guest | cleared | 10.76.30.12 | guest@example.com | the domain of guest@example.com is none of this lab's",
                "guest | cleared | 10.76.30.12 | trader@silibank.net.kp | trader@silibank.net.kp is the mailbox of trader",
                "guest | cleared | 10.76.30.12 | no mailbox | 'no mailbox' is not the address of a mailbox",
            })
    void refusesWhoDoesNotFit(String name, String clearance, String seat, String mailbox, String sentence) {
        var asked = new NewSubject(name, "", clearance, List.of(seat), mailbox, null);

        assertRefused(lab.operations().addSubject(asked, "ann"), sentence);
        assertThat(lab.operations().subjects()).hasSize(6);
    }

    @Test
    void aLockEndsEverySessionAndKeepsFromLoggingIn() {
        Identity atSeat = lab.sessions().at(CAMPUS);
        Identity atCafe = accepted(lab.logIn(CAFE, "academic"));
        Identity atBench = accepted(lab.authenticate(WORKBENCH, "academic"));
        AtomicInteger told = new AtomicInteger();
        lab.controller().onChange(told::incrementAndGet);

        SubjectView locked = get(lab.operations().lock("academic", "left the country", "ann"));

        assertThat(locked.lock()).isEqualTo(new LockView("left the country", lab.clock.now(), "ann"));
        assertThat(List.of(atSeat, atCafe, atBench)).noneMatch(lab.sessions()::stands);
        assertThat(told).hasPositiveValue();
        assertThat(lab.sessions().at(CAMPUS).subject()).isNull();
        assertThat(refused(lab.logIn(CAFE, "academic")).reason()).isEqualTo(Reason.LOCKED);
        assertThat(refused(lab.authenticate(CAMPUS, "academic")).reason()).isEqualTo(Reason.LOCKED);
        assertThat(refused(get(lab.sessions().logIn(CAFE, "academic", "wrong"))).reason())
                .isEqualTo(Reason.BAD_CREDENTIALS);
        assertRefused(lab.operations().logIn("academic", "10.76.10.11", "ann"), "academic is locked");

        assertThat(lab.operations()
                        .explain(ExplainRequest.of("academic", "kcna.kp"))
                        .decisions())
                .extracting(LayerDecision::verdict, LayerDecision::reason)
                .containsOnly(tuple("deny", "locked"));

        lab.restart();
        assertThat(lab.sessions().at(CAMPUS).subject()).isNull();

        get(lab.operations().unlock("academic", "ann"));
        assertThat(lab.sessions().at(CAMPUS).subject()).isEqualTo("academic");
        accepted(lab.logIn(CAFE, "academic"));
        assertThat(lab.journal.events()).extracting(Event::action).contains("lock", "end", "unlock");
    }

    @Test
    void aSeatThatWasLeftBeforeALockStaysEmptyAfterIt() {
        get(lab.sessions().logOut(CAMPUS));
        get(lab.operations().lock("academic", "", "ann"));
        get(lab.operations().unlock("academic", "ann"));

        assertThat(lab.sessions().at(CAMPUS).subject()).isNull();
    }

    @Test
    void anotherPasswordEndsCredentialsAndHoldsUntilTheConfigurationDeclaresAnother() {
        Identity before = accepted(lab.authenticate(WORKBENCH, "trader"));
        Identity atHotel = accepted(lab.logIn(HOTEL, "trader"));

        get(lab.operations().setPassword("trader", "another", "ann"));

        assertThat(lab.sessions().stands(before)).isFalse();
        assertThat(lab.sessions().stands(atHotel)).isTrue();
        assertThat(refused(lab.authenticate(WORKBENCH, "trader")).reason()).isEqualTo(Reason.BAD_CREDENTIALS);
        lab.restart();
        accepted(get(lab.sessions().authenticate(WORKBENCH, "trader", "another", Layer.GATEWAY)));

        String declared = new PasswordHashes().hash("declared");
        lab.restart(
                DefaultLab.policy(), AccessConfig.of(List.of(new AccountConfig("trader", null, declared)), List.of()));
        accepted(get(lab.sessions().authenticate(WORKBENCH, "trader", "declared", Layer.GATEWAY)));
    }

    @Test
    void withoutAPasswordNobodyLogsIn() {
        get(lab.operations().setPassword("trader", null, "ann"));

        assertThat(subject("trader").hasPassword()).isFalse();
        assertThat(refused(lab.authenticate(WORKBENCH, "trader")).reason()).isEqualTo(Reason.BAD_CREDENTIALS);
        assertRefused(lab.operations().setPassword("trader", "", "ann"), "a password of 0 characters");
    }

    @Test
    void keysAreKnownByFingerprintAndComment() {
        SubjectView with = get(lab.operations().addKey("trader", "  " + KEY + "\n", "ann"));

        // as `ssh-keygen -lf` says
        assertThat(with.keys())
                .containsExactly(
                        new KeyView("ssh-ed25519", "SHA256:YQCuZQgrasmaSSW+lM7EV73RhTEn3wMhfRsPJ/WJiSk", "guest@desk"));
        assertRefused(lab.operations().addKey("trader", KEY, "ann"), "trader has the key SHA256:");
        lab.restart();
        assertThat(get(lab.operations().removeKey("trader", "guest@desk", "ann"))
                        .keys())
                .isEmpty();
        assertRefused(lab.operations().removeKey("trader", "guest@desk", "ann"), "trader has no key 'guest@desk'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a public key of 0 characters",
                "ssh-dss AAAAB3NzaC1kc3M= x | 'ssh-dss' is no type of public key",
                "ssh-ed25519 | 'ssh-ed25519' is no type of public key",
                "ssh-ed25519 not-base64 x | the public key is not Base64",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIPb3Uo0Mx0Ghzfx2qZp8QqfJc0xkq6rWvB8l2mZ2mJtN x | the key is not of the type",
                "command=\"sh\" ssh-ed25519 AAAA | is no type of public key",
            })
    void refusesWhatIsNoPublicKey(String line, String sentence) {
        assertRefused(lab.operations().addKey("trader", line, "ann"), sentence);
    }

    private static void assertRefused(CompletionStage<?> stage, String sentence) {
        assertThatThrownBy(() -> get(stage))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining(sentence);
    }
}
