package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much and read nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SlowReadersTest {
    private static final int SLOW = 8;
    private static final byte[] BLOCK = new byte[1 << 16];

    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger brokenOff = new AtomicInteger();

    /** One that answers with more than any buffers on the way hold, and counts who broke off. */
    private Origin endless() throws IOException {
        return new Origin(GatewayFixture.SITE, visit -> {
            visit.head();
            visit.say("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
            given.incrementAndGet();
            try {
                while (true) {
                    visit.out.write(BLOCK);
                }
            } finally {
                brokenOff.incrementAndGet();
            }
        });
    }

    @Test
    void goFirstWhereMoreWaitsForThemThanMay() throws Exception {
        var little = new GatewayConfig.Capacity(100, 100, 1, 0, 128 << 10);
        try (var origin = endless();
                var other = Origin.saying(GatewayFixture.SITE, "served");
                var gateway = GatewayFixture.allowingAll().with(config -> config.withCapacity(little))) {
            String large = gateway.name("large.kp", origin);
            String small = gateway.name("small.kp", other);
            gateway.start();
            List<Client> slow = new ArrayList<>();
            try {
                for (int i = 0; i < SLOW; i++) {
                    slow.add(gateway.client().say("GET http://" + large + "/ HTTP/1.1\r\nHost: x\r\n\r\n"));
                }
                await().until(() -> brokenOff.get() >= SLOW / 2);
                try (var client = gateway.client()) {
                    assertThat(client.say("GET http://" + small + "/ HTTP/1.1\r\nHost: x\r\n\r\n")
                                    .answer())
                            .endsWith("served");
                }
            } finally {
                for (Client each : slow) {
                    each.close();
                }
            }
        }
    }

    @Test
    void areResetWhenTheirTimeIsOver() throws Exception {
        Duration second = Duration.ofSeconds(1);
        var hasty = new GatewayConfig.Timeouts(second, second, second, second, second, second, second);
        try (var origin = endless();
                var gateway = GatewayFixture.allowingAll().with(config -> config.withTimeouts(hasty))) {
            String large = gateway.name("large.kp", origin);
            gateway.start();
            try (var client = gateway.client()) {
                client.say("GET http://" + large + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
                await().until(() -> brokenOff.get() == 1);
                byte[] rest = new byte[1 << 16];
                assertThatThrownBy(() -> {
                            while (client.in.read(rest) >= 0) {
                                assertThat(given).hasValue(1);
                            }
                        })
                        .hasMessageContaining("reset");
            }
        }
    }
}
