package kwangmyong.border;

import static kwangmyong.border.EngineFixture.HERE;
import static kwangmyong.border.EngineFixture.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import kwangmyong.border.EngineFixture.Left;
import kwangmyong.border.packet.Frames;
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;

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
    void aSegmentOfNoConnectionIsToldSoAndIsNobodysDecision() {
        assertThat(border.outward(SPEAKS)).singleElement().satisfies(left -> {
            assertThat(left.to()).isEqualTo(Side.INSIDE);
            assertThat(left.read().tcpFlags()).isEqualTo(Packet.RST);
        });
        assertThat(border.inward(ANSWERS)).extracting(Left::to).containsExactly(Side.OUTSIDE);
        assertThat(border.outward(Frames.tcp(HERE, 40_000, THERE, 443, Packet.RST, 105, 0)))
                .isEmpty();
        assertThat(border.asked).isEmpty();
        assertThat(border.engine.view().flows()).isZero();
        assertThat(border.engine.view().dropped()).containsEntry("TCP of no connection that was seen to begin", 3L);

        border.outward(ASKS);
        assertThat(border.inward(ANSWERS)).extracting(Left::to).containsExactly(Side.INSIDE);
    }

    @Test
    void whatTheLabItselfHadOpenGoesOnAfterAReset() {
        assertThat(border.outward(Frames.tcp("10.76.0.1", 40_000, THERE, 443, Packet.ACK)))
                .extracting(Left::to)
                .containsExactly(Side.OUTSIDE);
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
    void aConnectionThatIsOverMakesWayForOneWithTheSamePorts() {
        open();
        border.outward(Frames.tcp(HERE, 40_000, THERE, 443, Packet.RST, 105, 0));
        border.outward(ASKS);

        assertThat(border.asked).hasSize(2);
        assertThat(border.engine.view().flows()).isEqualTo(1);
    }

    private void open() {
        border.outward(ASKS);
        border.inward(ANSWERS);
        border.outward(SPEAKS);
    }
}
