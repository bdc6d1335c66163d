package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TrickleTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBuf octets = Unpooled.copiedBuffer("twenty-four octets long.", StandardCharsets.US_ASCII);
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void givesSixteenOctetsASecondAndThenItsMemoryBack() {
        channel.freezeTime();
        Trickle.begin(channel, octets, ends::incrementAndGet);
        assertThat(written()).isEqualTo("twenty-four octe");
        second();
        assertThat(written()).isEqualTo("ts long.");
        assertThat(ends).hasValue(0);
        second();
        assertThat(ends).hasValue(1);
        assertThat(octets.refCnt()).isZero();
    }

    @Test
    void aChannelThatClosesEndsItAndTakesNoMemoryAlong() {
        Trickle.begin(channel, octets, ends::incrementAndGet);
        written();
        Wire.close(channel);
        assertThat(octets.refCnt()).isZero();
        assertThat(ends).hasValue(0);
    }

    @Test
    void aChannelThatIsClosedAlreadyGetsNothing() {
        Wire.close(channel);
        Trickle.begin(channel, octets, ends::incrementAndGet);
        assertThat(octets.refCnt()).isZero();
    }

    private void second() {
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private String written() {
        ByteBuf portion = channel.readOutbound();
        try {
            return portion.toString(StandardCharsets.US_ASCII);
        } finally {
            portion.release();
        }
    }
}
