package kwangmyong.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TerminalTableTest {
    private static final int STEPS = 20_000;
    private static final int MANY = 5_000;
    private static final int ROUNDS = 40;

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

    /** A look-up that meets an empty slot just as another terminal is given it must not take what is put there for its own. */
    @Test
    void nobodyIsFoundAtAnothersTerminalWhileThousandsCome() {
        var filling = new AtomicReference<@Nullable TerminalTable>(table);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            var random = new Random(7);
            for (TerminalTable now = filling.get(); now != null; now = filling.get()) {
                InetAddress terminal = terminal(1 + random.nextInt(2 * MANY)); // every second has nobody, ever
                Session found = now.get(terminal);
                assertThat(found == null ? terminal : found.terminal()).isEqualTo(terminal);
            }
        });
        for (int round = 0; round < ROUNDS && !reading.isDone(); round++) {
            var fresh = new TerminalTable();
            filling.set(fresh);
            for (int number = 1; number < 2 * MANY; number += 2) {
                fresh.put(terminal(number), session("s" + round, terminal(number)));
            }
        }
        filling.set(null);
        reading.join();
    }
}
