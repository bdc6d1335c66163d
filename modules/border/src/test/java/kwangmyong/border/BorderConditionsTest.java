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
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import org.junit.jupiter.api.Test;

/** When packets go on. */
class BorderConditionsTest {
    private static final byte[] ASKS = Frames.tcp(HERE, 40_000, THERE, 443, Packet.SYN, 100, 0);
    private static final byte[] SPEAKS = Frames.tcp(HERE, 40_000, THERE, 443, Packet.ACK, 105, 505);

    private final EngineFixture border = new EngineFixture();

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
            int flags = i == 0 ? Packet.SYN : Packet.ACK;
            if (border.outward(Frames.tcp(HERE, port, THERE, 443, flags)).isEmpty()) {
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
}
