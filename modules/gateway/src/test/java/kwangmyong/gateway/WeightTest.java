package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Identity;
import org.junit.jupiter.api.Test;

class WeightTest {
    private static final Instant TIME = Instant.parse("2026-03-01T09:00:00Z");
    private static final int PIECE = 1 << 16;

    private final List<Event> told = new ArrayList<>();
    private final Weight weight = new Weight();

    private List<Event> end() {
        Journal journal = new Journal() {
            @Override
            public void record(Event event) {
                told.add(event);
            }

            @Override
            public CompletionStage<Void> force(Event event) {
                return CompletableFuture.failedFuture(new IllegalStateException("nobody waits for this"));
            }
        };
        var who = new Identity(InetAddress.getLoopbackAddress(), null, null);
        weight.tell(
                new Access(who, Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint("host.example", 443), TIME),
                journal,
                () -> TIME);
        return told;
    }

    private static ByteBuf random(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Unpooled.wrappedBuffer(octets);
    }

    @Test
    void tellsOfAHeavyTunnelHowMuchWentEachWayAndHowDisorderlyItWas() {
        var random = new Random(1);
        for (int i = 0; i < 300; i++) {
            ByteBuf octets = random(random, PIECE);
            weight.received(octets);
            assertThat(octets.readableBytes()).isEqualTo(PIECE);
        }
        weight.sent(random(random, 500));
        assertThat(end()).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("flow-ended");
            assertThat(event.resource()).hasToString("host.example:443");
            assertThat(event.decision()).isNull();
            assertThat(event.detail()).matches("sent 500, received " + 300 * PIECE + ", (7\\.9|8\\.0) bits an octet");
        });
    }

    @Test
    void textIsLessDisorderly() {
        byte[] text =
                "the quick brown fox jumps over the lazy dog ".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 300; i++) {
            weight.sent(Unpooled.wrappedBuffer(text));
        }
        assertThat(end())
                .singleElement()
                .satisfies(
                        event -> assertThat(event.detail()).matches("sent \\d+, received 0, [34]\\.\\d bits an octet"));
    }

    @Test
    void tellsNothingOfALightOne() {
        weight.sent(random(new Random(1), PIECE));
        weight.received(Unpooled.EMPTY_BUFFER);
        assertThat(end()).isEmpty();
    }
}
