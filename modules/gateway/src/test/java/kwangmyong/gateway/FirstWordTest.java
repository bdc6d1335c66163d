package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;

/** Who leaves without a word refuses the certificate, unless a browser has only opened more connections than it needs. */
final class FirstWordTest {
    private static final InetAddress TERMINAL = Addresses.parse("10.76.20.11");

    private final Believers believers = new Believers();
    private final List<String> refusals = new ArrayList<>();
    private final EmbeddedChannel channel = channel();

    private EmbeddedChannel channel() {
        EmbeddedChannel made = new EmbeddedChannel(new FirstWord(new FirstWord.Visit() {
            @Override
            public void spoke() {
                believers.add(TERMINAL, "namsan.aca.kp");
            }

            @Override
            public boolean hasSpoken() {
                return believers.has(TERMINAL, "namsan.aca.kp");
            }

            @Override
            public void refused(String how) {
                refusals.add(how);
            }
        }));
        made.freezeTime();
        return made;
    }

    private void leave() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireChannelInactive();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void tellsOnceOfOneThatLeaves() {
        leave();

        assertThat(refusals).containsExactly("closed the connection without a word behind the handshake");
    }

    @Test
    void tellsNothingOfOneThatSpeaksOnAnotherConnectionMeanwhile() {
        believers.add(TERMINAL, "namsan.aca.kp");
        leave();

        assertThat(refusals).isEmpty();
    }

    @Test
    void tellsOfOneThatSpokeToAnotherHost() {
        believers.add(TERMINAL, "lib.kut.edu.kp");
        leave();

        assertThat(refusals).hasSize(1);
    }

    @Test
    void stepsAsideAtTheFirstOctet() {
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1}));
        assertThat(channel.pipeline().get(FirstWord.class)).isNull();
        leave();

        assertThat(refusals).isEmpty();
        channel.releaseInbound();
    }
}
