package kwangmyong.access;

import static kwangmyong.access.TestController.CAFE;
import static kwangmyong.access.TestController.CAFE_WINDOW;
import static kwangmyong.access.TestController.CAMPUS;
import static kwangmyong.access.TestController.HOTEL;
import static kwangmyong.access.TestController.WORKBENCH;
import static kwangmyong.access.TestController.accepted;
import static kwangmyong.access.TestController.get;
import static kwangmyong.access.TestController.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kwangmyong.access.api.MinutesView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.config.MinutesQuota;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long anybody may be logged in, and at how many terminals. The clock begins at 09:00 UTC, which is 18:00 in Pyongyang. */
final class SessionLimitsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LimitsConfig LIMITS = new LimitsConfig(
            2,
            Map.of("delegate", 1),
            List.of(new MinutesQuota("an-hour-a-day", Set.of("resident"), Set.of("cafe", "workbench"), HOUR)),
            ZoneId.of("Asia/Pyongyang"));

    private final MemoryStore store = new MemoryStore();
    private final TestController lab = new TestController(
            cafeClosesAfter(Duration.ofMinutes(90)), TestController.config().within(LIMITS), store);

    @AfterEach
    void stop() {
        lab.close();
    }

    private static Policy cafeClosesAfter(Duration longest) {
        Policy policy = DefaultLab.policy();
        List<Attachment> attachments = policy.attachments().stream()
                .map(one -> !one.name().equals("cafe")
                        ? one
                        : new Attachment(
                                one.name(),
                                one.ranges(),
                                one.ceiling(),
                                one.logIn(),
                                one.tariff(),
                                one.denial(),
                                longest))
                .toList();
        return new Policy(
                policy.lattice(),
                policy.subjects(),
                attachments,
                policy.rules(),
                policy.mail(),
                policy.captive(),
                policy.denials(),
                policy.grants(),
                policy.seatsAreExclusive());
    }

    private static Instant until(Identity identity) {
        return Objects.requireNonNull(Objects.requireNonNull(identity.session()).until());
    }

    private SessionView sessionAt(String terminal) {
        return lab.operations().sessions().stream()
                .filter(session -> session.terminal().equals(terminal))
                .findFirst()
                .orElseThrow();
    }

    private MinutesView minutes() {
        return lab.operations().subjects().stream()
                .filter(subject -> subject.name().equals("resident"))
                .findFirst()
                .orElseThrow()
                .minutes()
                .get(0);
    }

    private void passes(Duration time) {
        lab.clock.advance(time);
    }

    @Test
    void aSessionEndsByTheLeastOfAllThatEndIt() {
        Instant now = lab.clock.now();

        assertThat(until(accepted(lab.logIn(CAFE, "resident")))).isEqualTo(now.plus(HOUR));
        assertThat(until(accepted(lab.logIn(CAFE_WINDOW, "trader")))).isEqualTo(now.plus(Duration.ofMinutes(90)));
        assertThat(until(accepted(lab.logIn(HOTEL, "delegate")))).isEqualTo(now.plus(AccessConfig.DEFAULT_SESSION));

        assertThat(lab.operations().sessions())
                .filteredOn(session -> !session.origin().equals("seat"))
                .extracting(SessionView::subject, SessionView::endsBy, SessionView::secondsLeft)
                .containsExactly(
                        tuple("resident", "an-hour-a-day", 3_600L),
                        tuple("trader", "minutes", 5_400L),
                        tuple("delegate", "expiry", 43_200L));
    }

    @Test
    void minutesThatAreUsedUpEndTheSessionInEveryLayerAndKeepFromLoggingInUntilTomorrow() {
        Identity portal = accepted(lab.logIn(CAFE, "resident"));
        Identity proxy = accepted(lab.authenticate(WORKBENCH, "resident"));
        assertThat(until(proxy)).isEqualTo(until(portal));

        passes(HOUR);

        assertThat(lab.sessions().stands(portal)).isFalse();
        assertThat(lab.sessions().stands(proxy)).isFalse();
        await().until(() -> lab.journal.events().stream().map(Event::action).anyMatch("expire"::equals));
        assertThat(lab.journal.events())
                .filteredOn(event -> event.action().equals("expire"))
                .extracting(Event::detail)
                .containsExactly("the minutes of an-hour-a-day are used up");
        Decision refusal = refused(lab.logIn(CAFE, "resident"));
        assertThat(refusal.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(refusal.rule()).isEqualTo("an-hour-a-day");
        assertThat(refused(lab.authenticate(WORKBENCH, "resident")).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThatThrownBy(() -> get(lab.operations().logIn("resident", "10.76.10.11", "ann")))
                .isInstanceOf(OperationException.class)
                .hasMessage("resident has used up the minutes of an-hour-a-day today");
        accepted(lab.logIn(HOTEL, "resident")); // where it does not count

        passes(Duration.ofHours(5)); // midnight in Pyongyang
        accepted(lab.logIn(CAFE, "resident"));
    }

    @Test
    void minutesAreThoseOfBeingLoggedInAtHoweverManyTerminals() {
        accepted(lab.logIn(CAFE, "resident"));
        passes(Duration.ofMinutes(10));
        accepted(lab.logIn(CAFE_WINDOW, "resident"));
        passes(Duration.ofMinutes(10));
        get(lab.sessions().logOut(CAFE));
        passes(Duration.ofMinutes(10));
        assertThat(minutes())
                .isEqualTo(new MinutesView("an-hour-a-day", List.of("cafe", "workbench"), 3_600, 1_800, 1_800));

        get(lab.sessions().logOut(CAFE_WINDOW));
        passes(Duration.ofMinutes(10));
        assertThat(minutes().usedSeconds()).isEqualTo(1_800);
        assertThat(until(accepted(lab.logIn(CAFE, "resident"))))
                .isEqualTo(lab.clock.now().plus(Duration.ofMinutes(30)));
    }

    @Test
    void minutesOutliveARestart() {
        accepted(lab.logIn(CAFE, "resident"));
        accepted(lab.authenticate(WORKBENCH, "resident"));
        passes(Duration.ofMinutes(20));
        lab.restart();
        assertThat(minutes().usedSeconds()).isEqualTo(1_200);
        assertThat(sessionAt("10.76.10.11").endsBy()).isEqualTo("an-hour-a-day");

        get(lab.sessions().logOut(CAFE));
        passes(Duration.ofMinutes(20));
        lab.restart();
        assertThat(minutes().usedSeconds()).isEqualTo(1_200);
    }

    @Test
    void aSessionThatRunsPastMidnightHasTheMinutesOfBothDays() {
        passes(Duration.ofHours(5).plusMinutes(30)); // 23:30 in Pyongyang
        Instant midnight = lab.clock.now().plus(Duration.ofMinutes(30));

        assertThat(until(accepted(lab.logIn(WORKBENCH, "resident")))).isEqualTo(midnight.plus(HOUR));

        passes(Duration.ofMinutes(40));
        assertThat(minutes().usedSeconds()).isEqualTo(600);
    }

    @Test
    void nobodyIsLoggedInAtMoreTerminalsThanTheyMay() {
        accepted(lab.logIn(CAFE, "academic"));
        accepted(lab.authenticate(WORKBENCH, "academic")); // at the seat too, which does not count
        assertThat(refused(lab.logIn(HOTEL, "academic")).reason()).isEqualTo(Reason.TOO_MANY_SESSIONS);
        assertThat(refused(lab.authenticate(HOTEL, "academic")).reason()).isEqualTo(Reason.TOO_MANY_SESSIONS);
        accepted(lab.logIn(WORKBENCH, "academic"));
        accepted(lab.logIn(CAMPUS, "academic"));

        accepted(lab.logIn(HOTEL, "delegate"));
        assertThatThrownBy(() -> get(lab.operations().logIn("delegate", "10.76.10.12", "ann")))
                .hasMessage("delegate is logged in at 1 terminal already, as many as may be at once");

        get(lab.sessions().logOut(CAFE));
        accepted(lab.logIn(CAFE_WINDOW, "academic"));
    }

    @Test
    void anOperatorEndsOneSessionAndLengthensAnother() {
        accepted(lab.logIn(WORKBENCH, "official"));
        Identity proxy = accepted(lab.authenticate(WORKBENCH, "official"));
        Identity cafe = accepted(lab.logIn(CAFE, "resident"));
        String proxyId = Objects.requireNonNull(proxy.session()).id();
        String cafeId = Objects.requireNonNull(cafe.session()).id();

        SessionView ended = get(lab.operations().end(proxyId.substring(0, 8), "ann"));
        assertThat(ended.services()).containsExactly("gateway");
        assertThat(lab.sessions().stands(proxy)).isFalse();
        assertThat(lab.sessions().at(WORKBENCH).subject()).isEqualTo("official");

        SessionView longer = get(lab.operations().extend(cafeId, HOUR, "ann"));
        assertThat(longer.secondsLeft()).isEqualTo(7_200);
        lab.restart();
        passes(Duration.ofMinutes(119));
        assertThat(lab.sessions().stands(cafe)).isTrue();
        passes(Duration.ofMinutes(1));
        assertThat(lab.sessions().stands(cafe)).isFalse();

        assertThatThrownBy(() ->
                        get(lab.operations().extend(sessionAt("10.76.20.11").id(), HOUR, "ann")))
                .hasMessage("the session of academic at 10.76.20.11 does not end by itself");
        assertThatThrownBy(() -> get(lab.operations().end("", "ann"))).hasMessage("there is no session ''");
    }
}
