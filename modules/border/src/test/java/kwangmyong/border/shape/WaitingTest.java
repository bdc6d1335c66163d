package kwangmyong.border.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private record Model(long due, int order) {}

    @Test
    void givesPacketsByTheirTimesAsAPlainQueueDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Waiting waiting = new Waiting(64 * 1_664);
        var model = new PriorityQueue<>(Comparator.comparingLong(Model::due).thenComparingInt(Model::order));
        Deque<Integer> taken = new ArrayDeque<>();
        ByteBuffer packet = ByteBuffer.allocate(1_600);
        for (int turn = 0; turn < 100_000; turn++) {
            int choice = random.nextInt(5);
            if (choice < 2) {
                long due = random.nextInt(50);
                packet.putInt(8, turn);
                boolean added = waiting.add(due, packet, 8, 4 + random.nextInt(1_000), turn & 1, turn, turn);
                assertThat(added).as("seed %d", seed).isEqualTo(model.size() + taken.size() < 64);
                if (added) {
                    model.add(new Model(due, turn));
                }
            } else if (choice < 4 && !model.isEmpty()) {
                Model expected = model.remove();
                assertThat(waiting.nextDue()).as("seed %d", seed).isEqualTo(expected.due);
                int slot = waiting.take();
                taken.add(slot);
                assertThat(waiting.octets().getInt(waiting.at(slot)))
                        .as("seed %d", seed)
                        .isEqualTo(expected.order);
                assertThat(waiting.owner(slot)).isEqualTo(expected.order);
                assertThat(waiting.way(slot)).isEqualTo(expected.order & 1);
            } else if (!taken.isEmpty()) {
                waiting.giveBack(taken.remove());
            }
            assertThat(waiting.size()).isEqualTo(model.size());
        }
    }

    @Test
    void takesNoPacketThatIsTooLargeAndNothingIsLeftAfterClearing() {
        Waiting waiting = new Waiting(2 * 1_664);
        ByteBuffer packet = ByteBuffer.allocate(2_000);

        assertThat(waiting.add(1, packet, 0, 1_601, 0, "x", 0)).isFalse();
        assertThat(waiting.add(1, packet, 0, 1_600, 0, "x", 0)).isTrue();
        waiting.clear();
        assertThat(waiting.nextDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(waiting.add(1, packet, 0, 1, 0, "x", 0)).isTrue();
        assertThat(waiting.add(1, packet, 0, 1, 0, "x", 0)).isTrue();
        assertThat(waiting.add(1, packet, 0, 1, 0, "x", 0)).isFalse();
    }
}
