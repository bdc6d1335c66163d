package kwangmyong.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import kwangmyong.border.packet.Frames;
import kwangmyong.border.packet.Packet;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private final Packet packet = new Packet();

    @Test
    void findsAddsRemovesAndExpiresAsAPlainMapDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        FlowTable table = new FlowTable(200);
        Map<Integer, Flow> model = new HashMap<>();
        for (int turn = 0; turn < 50_000; turn++) {
            int port = 1 + random.nextInt(300);
            Side from = random.nextBoolean() ? Side.INSIDE : Side.OUTSIDE;
            read(port, from);
            int hash = table.hash(packet, from);
            Flow found = table.find(packet, from, hash);
            assertThat(found).as("seed %d, turn %d", seed, turn).isSameAs(model.get(port));
            int choice = random.nextInt(3);
            if (found == null && choice < 2 && !table.isFull()) {
                Flow flow = new Flow(packet, from, hash, 0);
                flow.deadline = random.nextInt(1_000) + (long) turn;
                table.add(flow);
                model.put(port, flow);
            } else if (found != null && choice == 2) {
                table.remove(found);
                model.remove(port);
            } else if (random.nextInt(500) == 0) {
                int now = turn;
                table.expire(now);
                model.values().removeIf(flow -> flow.deadline <= now);
            }
            assertThat(table.size()).as("seed %d, turn %d", seed, turn).isEqualTo(model.size());
        }
        Set<Flow> seen = new HashSet<>();
        table.each(seen::add);
        assertThat(seen).isEqualTo(new HashSet<>(model.values()));
    }

    private void read(int port, Side from) {
        byte[] frame = from == Side.INSIDE
                ? Frames.udp("10.76.20.11", port, "198.51.100.7", 53, 0)
                : Frames.udp("198.51.100.7", 53, "10.76.20.11", port, 0);
        packet.read(ByteBuffer.wrap(frame), 0, frame.length);
    }
}
