package kwangmyong.border;

import static kwangmyong.border.EngineFixture.HERE;
import static kwangmyong.border.EngineFixture.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kwangmyong.border.EngineFixture.Left;
import kwangmyong.border.api.Condition;
import kwangmyong.border.packet.Frames;
import kwangmyong.border.packet.Kind;
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BorderEngineTest {
    private static final byte[] ASKS = Frames.tcp(HERE, 40_000, THERE, 443, Packet.SYN, 100, 0);
    private static final byte[] ANSWERS = Frames.tcp(THERE, 443, HERE, 40_000, Packet.SYN | Packet.ACK, 500, 105);
    private static final byte[] SPEAKS = Frames.tcp(HERE, 40_000, THERE, 443, Packet.ACK, 105, 505);

    private final EngineFixture border = new EngineFixture();

    @Test
    void aFlowIsDecidedOnceAndItsPacketsPassBothWaysAsTheyCame() {
        assertThat(border.outward(ASKS)).singleElement().satisfies(left -> {
            assertThat(left.to()).isEqualTo(Side.OUTSIDE);
            assertThat(left.frame()).isEqualTo(ASKS);
        });
        assertThat(border.inward(ANSWERS)).extracting(Left::to).containsExactly(Side.INSIDE);
        border.outward(SPEAKS);

        assertThat(border.asked).singleElement().satisfies(access -> {
            assertThat(access.resource()).hasToString("198.51.100.7:443/tcp");
            assertThat(access.who().subject()).isEqualTo("academic");
        });
        assertThat(border.events).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("flow");
            assertThat(event.detail()).isEqualTo("d1.1");
        });
    }

    @Test
    void aFlowThatTheWorldBeginsIsDecidedByItsAddressThere() {
        border.inward(Frames.udp(THERE, 53, HERE, 5_000, 4));

        assertThat(border.asked).singleElement().satisfies(access -> {
            assertThat(access.resource()).hasToString("198.51.100.7:53/udp");
            assertThat(access.who().terminal().getHostAddress()).isEqualTo(HERE);
        });
    }

    @Test
    void whatTheLabItselfSendsPassesUndecided() {
        assertThat(border.outward(Frames.tcp("10.76.0.1", 40_000, THERE, 443, Packet.SYN)))
                .hasSize(1);
        assertThat(border.asked).isEmpty();
        assertThat(border.events).isEmpty();
    }

    @Test
    void aDenialIsAResetAnErrorOrNothing() {
        border.decide(ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Border.RESET));
        assertThat(border.outward(ASKS)).singleElement().satisfies(left -> {
            assertThat(left.to()).isEqualTo(Side.INSIDE);
            assertThat(left.read().tcpFlags() & Packet.RST).isNotZero();
        });
        assertThat(border.outward(Frames.udp(HERE, 5_000, THERE, 53, 4)))
                .as("what is not TCP is answered by an error")
                .singleElement()
                .satisfies(left -> assertThat(left.read().protocol()).isEqualTo(Packet.UDP));

        border.decide(ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Border.PROHIBITED));
        assertThat(border.outward(Frames.tcp(HERE, 40_001, THERE, 443, Packet.SYN)))
                .singleElement()
                .satisfies(left -> assertThat(left.frame()[23]).isEqualTo((byte) Packet.ICMP));

        border.decide(ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Border.DROP));
        assertThat(border.outward(Frames.tcp(HERE, 40_002, THERE, 443, Packet.SYN)))
                .isEmpty();
        assertThat(border.engine.view().dropped()).containsEntry("denied", 4L);
    }

    @Test
    void equalDecisionsHaveOneIdAndOthersAnother() {
        border.outward(ASKS);
        border.outward(Frames.tcp(HERE, 40_001, THERE, 443, Packet.SYN));
        border.outward(Frames.tcp(HERE, 40_001, THERE, 22, Packet.SYN));

        assertThat(border.events).extracting(event -> event.detail()).containsExactly("d1.1", "d1.1", "d1.2");
    }

    @Test
    void aChangedPolicyCutsAnOpenFlowAtBothEnds() {
        open();
        border.decide(ScriptedPolicy.deny(Reason.FORBIDDEN, Presentation.Border.RESET));
        border.left.clear();
        border.engine.decideAgain(1);

        assertThat(border.left).hasSize(2);
        assertThat(border.left.get(0).to()).isEqualTo(Side.INSIDE);
        assertThat(border.left.get(0).read().tcpSequence())
                .as("what the inside waits for")
                .isEqualTo(505);
        assertThat(border.left.get(0).read().sourcePort()).isEqualTo(443);
        assertThat(border.left.get(0).frame()[5])
                .as("to the inside's end of the link")
                .isEqualTo((byte) 1);
        assertThat(border.left.get(1).to()).isEqualTo(Side.OUTSIDE);
        assertThat(border.left.get(1).read().tcpSequence()).isEqualTo(105);
        assertThat(border.left.get(1).frame()[5]).isEqualTo((byte) 2);
        assertThat(border.inward(ANSWERS))
                .as("nothing passes any more")
                .extracting(Left::to)
                .containsExactly(Side.OUTSIDE);
    }

    @Test
    void whatSomebodyBeganEndsWithTheirSessionWhoeverMayHaveItThen() {
        open();
        border.sessions.logOut(border.asked.get(0).who().terminal());
        border.sessions.with("trader", HERE);
        border.engine.decideAgain(1);

        assertThat(border.events).last().satisfies(event -> {
            assertThat(event.decision()).isNotNull();
            assertThat(event.decision().verdict()).isEqualTo(Verdict.DENY);
            assertThat(event.decision().reason()).isEqualTo(Reason.SESSION_ENDED);
        });
        border.engine.decideAgain(2);
        assertThat(border.outward(SPEAKS)).extracting(Left::to).containsExactly(Side.INSIDE);
        assertThat(border.outward(Frames.tcp(HERE, 40_009, THERE, 443, Packet.SYN)))
                .as("who is there now begins one of their own")
                .extracting(Left::to)
                .containsExactly(Side.OUTSIDE);
    }

    @Test
    void aNewConnectionWithThePortsOfOneThatEndedWithItsSessionIsItsOwn() {
        open();
        border.sessions.logOut(border.asked.get(0).who().terminal());
        border.sessions.with("trader", HERE);
        border.engine.decideAgain(1);

        assertThat(border.outward(ASKS)).extracting(Left::to).containsExactly(Side.OUTSIDE);
        assertThat(border.asked)
                .last()
                .satisfies(access -> assertThat(access.who().subject()).isEqualTo("trader"));
    }

    @Test
    void whatIsAllowedLaterPassesThen() {
        border.decide(ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Border.DROP));
        border.outward(ASKS);
        border.decide(ScriptedPolicy.allow("granted"));
        border.engine.decideAgain(1);

        assertThat(border.outward(ASKS)).hasSize(1);
    }

    @Test
    void anErrorPassesOnlyWhereItIsAboutAnOpenFlow() {
        byte[] error = Frames.error("198.51.100.99", HERE, 3, ASKS);
        assertThat(border.inward(error)).isEmpty();
        border.outward(ASKS);

        assertThat(border.inward(error)).extracting(Left::to).containsExactly(Side.INSIDE);
        assertThat(border.outward(error)).as("not from the other side").isEmpty();
        assertThat(border.engine.view().dropped()).containsEntry("ICMP error about no open flow", 2L);
    }

    @Test
    void anErrorGoesToNobodyButTheSenderOfWhatItIsAbout() {
        open();

        assertThat(border.outward(Frames.error(HERE, THERE, 3, ANSWERS)))
                .extracting(Left::to)
                .containsExactly(Side.OUTSIDE);
        assertThat(border.outward(Frames.error(HERE, "198.51.100.99", 3, ANSWERS)))
                .as("it would carry whatever it likes past the decision")
                .isEmpty();
        assertThat(border.inward(Frames.error(THERE, "10.76.30.11", 3, ASKS))).isEmpty();
    }

    @Test
    void fragmentsBelongTogetherWhateverTheyHaveBehindTheirHeaders() {
        String here = "fd00:76:20::11";
        String there = "2001:db8::7";
        byte[] datagram = Frames.payload(Frames.udp(here, 5_000, there, 53, 24));
        byte[] options = {Packet.UDP, 0, 1, 4, 0, 0, 0, 0};
        byte[] first = {60, 0, 0, 1, 0, 0, 0, 9};
        byte[] further = {60, 0, 0, 40, 0, 0, 0, 9};

        assertThat(border.outward(Frames.ipv6(here, there, 44, Frames.joined(first, Frames.joined(options, datagram)))))
                .hasSize(1);
        assertThat(border.outward(Frames.ipv6(here, there, 44, Frames.joined(further, new byte[16]))))
                .as("RFC 8200 §4.5: the number alone says which packet it is of")
                .hasSize(1);
    }

    @Test
    void furtherFragmentsFollowTheirFirstAndNoOther() {
        byte[] whole = Frames.payload(Frames.udp(HERE, 5_000, THERE, 53, 100));
        byte[] first = Frames.ipv4(HERE, THERE, Packet.UDP, 0x2000, 7, whole);
        byte[] further = Frames.ipv4(HERE, THERE, Packet.UDP, 14, 7, new byte[50]);
        byte[] stray = Frames.ipv4(HERE, THERE, Packet.UDP, 14, 8, new byte[50]);

        assertThat(border.outward(further)).isEmpty();
        assertThat(border.outward(first)).hasSize(1);
        assertThat(border.outward(further)).hasSize(1);
        assertThat(border.outward(stray)).isEmpty();
        assertThat(border.inward(further)).isEmpty();
    }

    @Test
    void aDenialAnswersTheFirstFragmentAloneAndNoError() {
        border.decide(ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Border.PROHIBITED));
        byte[] whole = Frames.payload(Frames.udp(HERE, 5_000, THERE, 53, 100));

        assertThat(border.outward(Frames.ipv4(HERE, THERE, Packet.UDP, 0x2000, 7, whole)))
                .hasSize(1);
        assertThat(border.outward(Frames.ipv4(HERE, THERE, Packet.UDP, 14, 7, new byte[50])))
                .isEmpty();
        assertThat(border.inward(Frames.error(THERE, HERE, 3, Frames.udp(HERE, 5_000, THERE, 53, 100))))
                .isEmpty();
        assertThat(border.engine.view().dropped()).containsEntry("denied", 3L);
    }

    @Test
    void neighboursFindEachOtherAndNothingElseOfTheLinkPasses() {
        byte[] arp = ASKS.clone();
        arp[12] = 8;
        arp[13] = 6;
        assertThat(border.outward(arp)).hasSize(1);
        assertThat(border.outward(Frames.udp(HERE, 5_353, "224.0.0.251", 5_353, 4)))
                .isEmpty();
        assertThat(border.engine.view().flows()).isZero();
    }

    @Test
    void noMoreFlowsAreKnownThanTheLimitAndTheyMakeRoomWhenTheyAreOver() {
        EngineFixture small = new EngineFixture(
                new FlowLimits(
                        3, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Condition.CLEAR);
        for (int port = 1; port <= 5; port++) {
            small.outward(Frames.udp(HERE, port, THERE, 53, 4));
        }
        assertThat(small.engine.view().flows()).isEqualTo(3);
        assertThat(small.engine.view().dropped()).containsEntry("more flows than the limit", 2L);

        assertThat(small.frame(
                        Side.INSIDE,
                        Frames.udp(HERE, 9, THERE, 53, 4),
                        Duration.ofSeconds(61).toNanos()))
                .hasSize(1);
    }

    @Test
    void howeverManyFlowsATerminalBeginsTheLabsOwnHaveRoom() {
        EngineFixture small = new EngineFixture(
                new FlowLimits(
                        16,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)),
                Condition.CLEAR);
        for (int port = 1; port <= 20; port++) {
            small.outward(Frames.udp(HERE, port, THERE, 53, 4));
        }
        assertThat(small.engine.view().flows()).isEqualTo(14);
        assertThat(small.outward(Frames.tcp("10.76.0.1", 40_000, THERE, 443, Packet.SYN)))
                .hasSize(1);
    }

    @Test
    void aFullTableIsNotLookedThroughForEveryPacketThatFindsNoRoom() {
        EngineFixture small = new EngineFixture(
                new FlowLimits(
                        1, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Condition.CLEAR);
        small.outward(Frames.udp(HERE, 1, THERE, 53, 4));
        byte[] other = Frames.udp(HERE, 2, THERE, 53, 4);

        assertThat(small.frame(Side.INSIDE, other, 59_990_000_000L)).isEmpty();
        assertThat(small.frame(Side.INSIDE, other, 60_010_000_000L))
                .as("it was looked through 20 ms ago")
                .isEmpty();
        assertThat(small.frame(Side.INSIDE, other, 60_090_000_000L)).hasSize(1);
    }

    @Test
    void aConnectionThatIsOverMakesWayForOneWithTheSamePorts() {
        open();
        border.outward(Frames.tcp(HERE, 40_000, THERE, 443, Packet.RST, 105, 0));
        border.outward(ASKS);

        assertThat(border.asked).hasSize(2);
        assertThat(border.engine.view().flows()).isEqualTo(1);
    }

    @Test
    void packetsAreHeldUpAndThenGoOnInOrder() {
        border.engine.condition(null, EngineFixture.delay(80));
        border.engine.condition("campus", EngineFixture.delay(20));

        assertThat(border.outward(ASKS)).isEmpty();
        border.frame(Side.INSIDE, SPEAKS, 1_000);
        border.engine.release(20_001_000);
        assertThat(border.left).as("it is on the link now").isEmpty();
        assertThat(border.engine.nextDue()).isEqualTo(100_000_000);
        border.engine.release(99_999_999);
        assertThat(border.left).isEmpty();
        border.engine.release(100_001_000);
        assertThat(border.left).extracting(Left::frame).containsExactly(ASKS, SPEAKS);
    }

    @Test
    void theDelayOfOneAttachmentHoldsUpNobodyElse() {
        border.engine.condition("campus", EngineFixture.delay(400));
        border.engine.condition(null, new Condition(Duration.ZERO, Duration.ZERO, 0, 10_000_000));

        border.outward(ASKS);
        byte[] others = Frames.udp("10.76.0.1", 5_000, THERE, 53, 40);
        assertThat(border.outward(others)).isEmpty();
        border.engine.release(1_000_000);
        assertThat(border.left).extracting(Left::frame).containsExactly(others);

        border.engine.release(400_000_000);
        border.engine.release(401_000_000);
        assertThat(border.left).extracting(Left::frame).containsExactly(others, ASKS);
    }

    @Test
    void whatTheLinkDoesNotTakeAfterItsAttachmentIsCountedAndItsRoomIsFree() {
        border.engine.condition("campus", EngineFixture.delay(100));
        border.engine.condition(null, new Condition(Duration.ZERO, Duration.ZERO, 1, 0));

        border.outward(ASKS);
        border.engine.release(100_000_000);

        assertThat(border.left).isEmpty();
        assertThat(border.engine.view().held()).isZero();
        assertThat(border.engine.view().dropped()).containsEntry("lost by the condition", 1L);
    }

    @Test
    void whatComesWhileOthersAreDueDoesNotOvertakeThem() {
        border.engine.condition(null, EngineFixture.delay(80));
        border.outward(ASKS);
        border.engine.condition(null, Condition.CLEAR);

        assertThat(border.frame(Side.INSIDE, SPEAKS, 80_000_001))
                .as("the first has not gone on yet")
                .isEmpty();
        border.engine.release(80_000_002);
        assertThat(border.left).extracting(Left::frame).containsExactly(ASKS, SPEAKS);
    }

    @Test
    void whatIsHeldUpDoesNotGoOnOnceItsFlowIsDenied() {
        border.engine.condition(null, EngineFixture.delay(80));
        border.outward(ASKS);
        border.decide(ScriptedPolicy.deny(Reason.FORBIDDEN, Presentation.Border.DROP));
        border.engine.decideAgain(1);
        border.engine.release(80_000_000);

        assertThat(border.left).isEmpty();
    }

    @Test
    void theSameSeedLosesTheSamePacketsOfTheSameFlowsAndAnotherLosesOthers() {
        border.engine.condition(null, new Condition(Duration.ZERO, Duration.ZERO, 0.3, 0));
        border.engine.reset(11);
        List<Integer> once = lost(40_000, 0);
        border.engine.reset(11);
        List<Integer> again = lost(50_000, 3); // other ports, and packets of another flow between
        border.engine.reset(12);
        List<Integer> other = lost(40_000, 0);

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
        assertThat(once).hasSizeBetween(30, 90);
    }

    private List<Integer> lost(int port, int between) {
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            IntStream.range(0, between).forEach(other -> border.outward(Frames.udp(HERE, 99, THERE, 99, 1)));
            if (border.outward(Frames.tcp(HERE, port, THERE, 443, Packet.ACK)).isEmpty()) {
                lost.add(i);
            }
        }
        return lost;
    }

    @Test
    void aResetForgetsEverythingButTheConditions() {
        border.engine.condition(null, EngineFixture.delay(80));
        border.outward(ASKS);
        border.engine.reset(7);

        assertThat(border.engine.view().flows()).isZero();
        assertThat(border.engine.view().held()).isZero();
        assertThat(border.engine.view().outward()).isZero();
        assertThat(border.engine.view().conditions()).containsOnlyKeys("link");
        border.outward(ASKS);
        assertThat(border.events).extracting(event -> event.detail()).containsExactly("d1.1", "d2.1");
    }

    @ParameterizedTest
    @EnumSource(Presentation.Border.class)
    @Tag("fuzz")
    void whateverComesMemoryStaysBoundedAndNothingDeniedPasses(Presentation.Border denial) {
        EngineFixture small = new EngineFixture(
                new FlowLimits(
                        50, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                new Condition(Duration.ofMillis(5), Duration.ofMillis(5), 0.1, 1_000_000));
        small.decide(ScriptedPolicy.deny(Reason.NO_RULE, denial));
        long[] now = {0};
        List<byte[]> samples = List.of(
                ASKS,
                Frames.tcp("fd00::1", 40_000, "2001:db8::7", 443, Packet.SYN),
                Frames.udp(HERE, 5_000, THERE, 53, 40),
                Frames.icmp(HERE, THERE, 8, 0, new byte[8]),
                Frames.error(THERE, HERE, 3, ASKS),
                Frames.ipv4(HERE, THERE, Packet.UDP, 0x2000, 7, new byte[64]),
                Frames.ipv4(HERE, THERE, Packet.UDP, 14, 7, new byte[64]));
        SeededFuzz.of(samples, 30_000).tryAll(input -> {
            now[0] += 100_000;
            small.frame(Side.INSIDE, input, now[0]).forEach(left -> {
                boolean arp = (left.frame()[12] & 0xff) == 8 && left.frame()[13] == 6;
                boolean neighbour = kind(left) == Kind.NEIGHBOUR;
                assertThat(arp || neighbour || left.to() == Side.INSIDE || isOwn(left))
                        .isTrue();
            });
            small.engine.release(now[0]);
            assertThat(small.engine.view().flows()).isLessThanOrEqualTo(50);
            small.forget();
        });
    }

    private static Kind kind(Left left) {
        return new Packet().read(java.nio.ByteBuffer.wrap(left.frame()), 0, left.frame().length);
    }

    /** A changed address may have become the lab's own. */
    private static boolean isOwn(Left left) {
        return Packet.address(left.read().sourceHigh(), left.read().sourceLow())
                .getHostAddress()
                .equals("10.76.0.1");
    }

    private void open() {
        border.outward(ASKS);
        border.inward(ANSWERS);
        border.outward(SPEAKS);
    }
}
