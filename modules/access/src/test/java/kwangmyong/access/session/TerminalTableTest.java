package kwangmyong.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.session.Session;
import org.junit.jupiter.api.Test;

final class TerminalTableTest {
    private static final int STEPS = 20_000;

    private final TerminalTable table = new TerminalTable();

    private static InetAddress terminal(int number) {
        return number == 0
                ? DefaultLab.address("0.0.0.0")
                : number % 5 == 0
                        ? DefaultLab.address("fd00::" + Integer.toHexString(number))
                        : DefaultLab.address("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
    }

    private static Session session(String id, InetAddress terminal) {
        return new Session(id, "somebody", terminal, Instant.EPOCH, null, Session.Origin.PORTAL);
    }

    @Test
    void isAsAMapWouldBeWhateverComesAndGoes() {
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        Map<InetAddress, Session> model = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            InetAddress terminal = terminal(random.nextInt(step < STEPS / 2 ? 3_000 : 40));
            Session there = model.get(terminal);
            if (there != null && random.nextBoolean()) {
                assertThat(table.remove(terminal, session("another", terminal))).isFalse();
                assertThat(table.remove(terminal, there)).as("seed %d", seed).isTrue();
                model.remove(terminal);
            } else {
                Session fresh = session("s" + step, terminal);
                assertThat(table.put(terminal, fresh)).as("seed %d", seed).isEqualTo(model.put(terminal, fresh));
            }
            assertThat(table.get(terminal)).as("seed %d", seed).isEqualTo(model.get(terminal));
        }
        assertThat(table.all()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(table.size()).isEqualTo(model.size());
        for (int number = 0; number < 3_000; number++) {
            assertThat(table.get(terminal(number))).isEqualTo(model.get(terminal(number)));
        }
    }

    @Test
    void nobodyIsFoundAtAnothersTerminalWhileThousandsComeAndGo() {
        var over = new AtomicBoolean();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            var random = new Random(7);
            while (!over.get()) {
                InetAddress terminal = terminal(1 + random.nextInt(5_000));
                Session found = table.get(terminal);
                assertThat(found == null ? terminal : found.terminal()).isEqualTo(terminal);
            }
        });
        for (int round = 0; round < 20; round++) {
            List<Session> all = new ArrayList<>();
            for (int number = 1; number < 5_000; number++) {
                Session session = session("s" + round, terminal(number));
                table.put(session.terminal(), session);
                all.add(session);
            }
            all.forEach(session -> table.remove(session.terminal(), session));
        }
        over.set(true);
        reading.join();
        assertThat(table.size()).isZero();
        assertThat(table.all()).isEmpty();
    }
}
