package kwangmyong.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.border.packet.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    @TempDir
    Path folder;

    @Test
    void everyPacketIsInTheFileWithItsSideTimeAndComment() throws IOException {
        Path path = folder.resolve("a.pcapng");
        CaptureFile capture = new CaptureFile(path, 1 << 30, 5_000_000_000L);
        byte[] frame = Frames.udp("10.76.20.11", 5_000, "198.51.100.7", 53, 900);
        int many = 5_000; // more than one buffer
        for (int i = 0; i < many; i++) {
            capture.packet(
                    i % 2 == 0 ? Side.INSIDE : Side.OUTSIDE,
                    i % 3 == 0,
                    ByteBuffer.wrap(frame),
                    0,
                    frame.length,
                    "allow 규칙 d" + i,
                    i);
        }
        capture.end();
        capture.await();

        List<ByteBuffer> blocks = blocks(Files.readAllBytes(path));
        assertThat(blocks).hasSize(3 + many);
        assertThat(capture.packets()).isEqualTo(many);
        ByteBuffer last = blocks.get(blocks.size() - 1);
        assertThat(last.getInt(8)).as("interface").isEqualTo(1);
        assertThat(((long) last.getInt(12) << 32) | (last.getInt(16) & 0xffff_ffffL))
                .isEqualTo(5_000_000_000L + many - 1);
        assertThat(last.getInt(20)).isEqualTo(frame.length);
        assertThat(text(last)).contains("allow 규칙 d" + (many - 1));
    }

    @Test
    void noMoreIsWrittenThanTheFileMayHold() throws IOException {
        Path path = folder.resolve("a.pcapng");
        CaptureFile capture = new CaptureFile(path, 1_000, 0);
        byte[] frame = Frames.udp("10.76.20.11", 5_000, "198.51.100.7", 53, 200);
        for (int i = 0; i < 10; i++) {
            capture.packet(Side.INSIDE, true, ByteBuffer.wrap(frame), 0, frame.length, "x", i);
        }
        capture.end();
        capture.await();

        assertThat(Files.size(path)).isLessThanOrEqualTo(1_000);
        assertThat(capture.packets() + capture.missed()).isEqualTo(10);
        assertThat(capture.missed()).isPositive();
    }

    private static List<ByteBuffer> blocks(byte[] file) {
        List<ByteBuffer> blocks = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (all.hasRemaining()) {
            int length = all.getInt(all.position() + 4);
            assertThat(length % 4).isZero();
            assertThat(all.getInt(all.position() + length - 4))
                    .as("the length again")
                    .isEqualTo(length);
            blocks.add(all.slice(all.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            all.position(all.position() + length);
        }
        return blocks;
    }

    private static String text(ByteBuffer block) {
        byte[] octets = new byte[block.capacity()];
        block.get(0, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
