package kwangmyong.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kwangmyong.net.LineFramer.Line;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineFramerTest {
    private static final int LIMIT = 16;

    @ParameterizedTest
    @CsvSource({
        "'one\\r\\ntwo\\r\\n', 'one|two|'",
        "'\\r\\n', '|'",
        "'\\r\\n\\r\\n', '||'",
        "'half', ''",
        "'bare\\nnext\\r\\n', 'BARE_LINE_FEED|next|'",
        "'\\nnext\\r\\n', 'BARE_LINE_FEED|next|'",
        "'a\\rb\\r\\nnext\\r\\n', 'BARE_CARRIAGE_RETURN|next|'",
        "'a\\r\\r\\nnext\\r\\n', 'BARE_CARRIAGE_RETURN|next|'",
        "'12345678901234\\r\\nnext\\r\\n', '12345678901234|next|'",
        "'123456789012345\\r\\nnext\\r\\n', 'TOO_LONG|next|'",
        "'123456789012345678901234567890123456789\\r\\nnext\\r\\n', 'TOO_LONG|next|'",
        "'1234567890123456789\\nnext\\r\\n', 'TOO_LONG|next|'",
    })
    void takesLinesHoweverTheyArrive(String input, String expected) {
        byte[] octets = input.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
        for (int chunk = 1; chunk <= octets.length; chunk++) {
            assertThat(framed(octets, chunk)).as("chunks of %d", chunk).isEqualTo(expected);
        }
    }

    @Test
    void holdsNoMoreThanTheLimitOfALineThatNeverEnds() {
        LineFramer framer = new LineFramer(LIMIT);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < 10_000; i++) {
            in.writeByte(i % 3 == 0 ? '\r' : 'x');
            assertThat(framer.next(in)).isNull();
            assertThat(in.readableBytes()).isLessThanOrEqualTo(LIMIT);
            in.discardReadBytes();
        }
        in.writeByte('\n');
        assertThat(framer.next(in)).isEqualTo(Line.Fault.TOO_LONG);
        in.release();
    }

    @Tag("fuzz")
    @Test
    void framesNoiseTheSameInOneChunkAndInMany() {
        long seed = Long.getLong("kwm.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] alphabet = {'a', '\r', '\n', '.', (byte) 0x80, 0};
        for (int round = 0; round < Integer.getInteger("kwm.fuzz.rounds", 20_000); round++) {
            byte[] noise = new byte[random.nextInt(60)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = alphabet[random.nextInt(alphabet.length)];
            }
            assertThat(framed(noise, 1 + random.nextInt(5)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(framed(noise, Math.max(1, noise.length)));
        }
    }

    private static String framed(byte[] octets, int chunk) {
        LineFramer framer = new LineFramer(LIMIT);
        ByteBuf in = Unpooled.buffer();
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < octets.length; at += chunk) {
            in.writeBytes(octets, at, Math.min(chunk, octets.length - at));
            for (Line line = framer.next(in); line != null; line = framer.next(in)) {
                lines.add(line);
            }
            in.discardReadBytes();
        }
        in.release();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line instanceof Line.Text whole ? whole.octets() : line.toString())
                    .append('|');
        }
        return text.toString();
    }
}
