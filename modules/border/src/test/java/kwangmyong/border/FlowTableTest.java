package kwangmyong.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
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

    @Test
    void nobodyCanChooseAddressesThatCollide() {
        FlowTable table = new FlowTable(200);
        long apart = BigInteger.valueOf(0x9E3779B97F4A7C15L)
                .modInverse(BigInteger.ONE.shiftLeft(64))
                .longValue();
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String there = Packet.address(0x20010db8_00000000L + i * apart, 7).getHostAddress();
            byte[] frame = Frames.udp("fd00:76:20::11", 5_000, there, 53, 0);
            packet.read(ByteBuffer.wrap(frame), 0, frame.length);
            hashes.add(table.hash(packet, Side.INSIDE));
        }
        for (int i = 0; i < 100; i++) {
            byte[] frame = Frames.udp(
                    "10.76.20." + i,
                    5_000,
                    "198.51." + ((31 * (100 - i)) >>> 8) + "." + (31 * (100 - i) & 0xff),
                    53,
                    0);
            packet.read(ByteBuffer.wrap(frame), 0, frame.length);
            hashes.add(table.hash(packet, Side.INSIDE));
        }

        assertThat(hashes).hasSizeGreaterThan(198);
    }

    private void read(int port, Side from) {
        byte[] frame = from == Side.INSIDE
                ? Frames.udp("10.76.20.11", port, "198.51.100.7", 53, 0)
                : Frames.udp("198.51.100.7", 53, "10.76.20.11", port, 0);
        packet.read(ByteBuffer.wrap(frame), 0, frame.length);
    }
}
