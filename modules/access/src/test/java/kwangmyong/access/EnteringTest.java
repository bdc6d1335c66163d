package kwangmyong.access;

import static kwangmyong.access.TestController.CAFE;
import static kwangmyong.access.TestController.CAFE_WINDOW;
import static kwangmyong.access.TestController.CAMPUS;
import static kwangmyong.access.TestController.WORKBENCH;
import static kwangmyong.access.TestController.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kwangmyong.access.account.PublicKeyLine;
import kwangmyong.access.api.Entrance;
import kwangmyong.access.api.Entrance.Entry.Entered;
import kwangmyong.access.api.Entrance.Entry.Refused;
import kwangmyong.access.api.KeyView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log-ins that last as long as a connection does. */
final class EnteringTest {
    private static final String DECLARED =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f declared";
    private static final String ADDED =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/ added";

    private final TestController lab = new TestController(
            DefaultLab.policy(),
            TestController.config()
                    .within(new LimitsConfig(1, Map.of(), List.of(), ZoneId.of("UTC")))
                    .withKeys(Map.of("resident", List.of(DECLARED))),
            new MemoryStore());

    @AfterEach
    void stop() {
        lab.close();
    }

    private Entrance entrance() {
        return lab.controller().entrance();
    }

    private Entered entered(InetAddress terminal, String key) {
        return (Entered) get(entrance().byKey(terminal, "resident", key));
    }

    private Reason refused(InetAddress terminal, String name, String key) {
        return ((Refused) get(entrance().byKey(terminal, name, key))).decision().reason();
    }

    private static Session session(Entered entered) {
        return Objects.requireNonNull(entered.identity().session());
    }

    @Test
    void aDeclaredKeyLogsTheTerminalInAsThePortalDoes() {
        assertThat(entrance().isKeyOf("resident", DECLARED)).isTrue();
        Entered entered = entered(CAFE, DECLARED);
        assertThat(entered.begun()).isTrue();
        assertThat(session(entered).origin()).isEqualTo(Session.Origin.PORTAL);
        assertThat(lab.sessions().at(CAFE).subject()).isEqualTo("resident");
        assertThat(lab.journal.events()).last().satisfies(line -> {
            assertThat(line.action()).isEqualTo("log-in");
            assertThat(line.detail()).startsWith("by ssh-key SHA256:");
        });
    }

    @Test
    void anAddedKeyDoesUntilItIsTakenAway() {
        assertThat(refused(CAFE, "resident", ADDED)).isEqualTo(Reason.BAD_CREDENTIALS);
        get(lab.operations().addKey("resident", ADDED, "operator"));
        assertThat(session(entered(CAFE, ADDED)).subject()).isEqualTo("resident");
        get(lab.operations().removeKey("resident", "added", "operator"));
        assertThat(entrance().isKeyOf("resident", ADDED)).isFalse();
        assertThat(refused(CAFE, "resident", ADDED)).isEqualTo(Reason.BAD_CREDENTIALS);
    }

    @Test
    void nobodyElsesKeyDoesAndWhatIsNoneNeverDoes() {
        assertThat(entrance().isKeyOf("delegate", DECLARED)).isFalse();
        assertThat(refused(CAFE, "delegate", DECLARED)).isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(entrance().isKeyOf("resident", "ssh-ed25519 nonsense")).isFalse();
        assertThat(refused(CAFE, "resident", "ssh-ed25519 nonsense")).isEqualTo(Reason.BAD_CREDENTIALS);
    }

    @Test
    void meetsEveryObstacleOfALogIn() {
        assertThat(refused(CAMPUS, "resident", DECLARED)).isEqualTo(Reason.SEAT_MISMATCH);
        assertThat(refused(DefaultLab.address("192.0.2.1"), "resident", DECLARED))
                .isEqualTo(Reason.UNKNOWN_TERMINAL);
        entered(CAFE, DECLARED);
        assertThat(refused(WORKBENCH, "resident", DECLARED)).isEqualTo(Reason.TOO_MANY_SESSIONS);
        get(lab.operations().lock("resident", "", "operator"));
        assertThat(refused(CAFE_WINDOW, "resident", DECLARED)).isEqualTo(Reason.LOCKED);
    }

    @Test
    void whoIsThereAlreadyStaysAsTheyCame() {
        Session portal = Objects.requireNonNull(
                TestController.accepted(lab.logIn(CAFE, "resident")).session());
        Entered entered = entered(CAFE, DECLARED);
        assertThat(entered.begun()).isFalse();
        assertThat(session(entered).id()).isEqualTo(portal.id());
        Entered atTheSeat = (Entered) get(entrance().byPassword(CAMPUS, "academic", "academic-demo"));
        assertThat(atTheSeat.begun()).isFalse();
        assertThat(session(atTheSeat).origin()).isEqualTo(Session.Origin.SEAT);
    }

    @Test
    void leavingEndsThatSessionAndNoLaterOne() {
        String first = session(entered(CAFE, DECLARED)).id();
        assertThat(get(entrance().leave(CAFE, first))).isTrue();
        assertThat(lab.sessions().at(CAFE).session()).isNull();
        String second = session(entered(CAFE, DECLARED)).id();
        assertThat(get(entrance().leave(CAFE, first))).isFalse();
        assertThat(session(entered(CAFE, DECLARED)).id()).isEqualTo(second);
    }

    @Test
    void passwordsAreSlowedAsEverywhere() {
        for (int i = 0; i < 10; i++) {
            assertThat(get(entrance().byPassword(CAFE, "resident", "wrong" + i)))
                    .isInstanceOf(Refused.class);
        }
        Refused refused = (Refused) get(entrance().byPassword(CAFE, "resident", "resident-demo"));
        assertThat(refused.decision().reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat(entered(CAFE, DECLARED).begun())
                .as("a key cannot be guessed, so that guessing keeps nobody out who has one")
                .isTrue();
    }

    @Test
    void declaredKeysAreShownAndStay() {
        assertThat(lab.operations().subjects())
                .filteredOn(subject -> subject.name().equals("resident"))
                .singleElement()
                .satisfies(subject ->
                        assertThat(subject.keys()).extracting(KeyView::comment).containsExactly("declared"));
        String fingerprint = PublicKeyLine.parse(DECLARED).fingerprint();
        assertThatThrownBy(() -> get(lab.operations().removeKey("resident", fingerprint, "operator")))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("is declared in the configuration");
    }
}
