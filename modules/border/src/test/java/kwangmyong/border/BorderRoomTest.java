package kwangmyong.border;

import static kwangmyong.border.EngineFixture.HERE;
import static kwangmyong.border.EngineFixture.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kwangmyong.border.EngineFixture.Left;
import kwangmyong.border.api.Condition;
import kwangmyong.border.packet.Frames;
import kwangmyong.border.packet.Kind;
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is known and held at the most. */
class BorderRoomTest {
    private static final byte[] ASKS = Frames.tcp(HERE, 40_000, THERE, 443, Packet.SYN, 100, 0);

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
}
