package kwangmyong.mail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DotStufferTest {
    @ParameterizedTest
    @CsvSource({
        "'a\\r\\nb\\r\\n', -1, 'a\\r\\nb\\r\\n.\\r\\n'",
        "'.a\\r\\n..\\r\\n', -1, '..a\\r\\n...\\r\\n.\\r\\n'",
        "'no end', -1, 'no end\\r\\n.\\r\\n'",
        "'half\\r', -1, 'half\\r\\n.\\r\\n'",
        "'unix\\nlines\\n.\\n', -1, 'unix\\r\\nlines\\r\\n..\\r\\n.\\r\\n'",
        "'', -1, '.\\r\\n'",
        "'H: 1\\r\\nI: 2\\r\\n\\r\\nb1\\r\\nb2\\r\\n', 0, 'H: 1\\r\\nI: 2\\r\\n\\r\\n.\\r\\n'",
        "'H: 1\\r\\n\\r\\nb1\\r\\nb2\\r\\n', 1, 'H: 1\\r\\n\\r\\nb1\\r\\n.\\r\\n'",
        "'H: 1\\r\\n\\r\\nb1\\r\\nb2\\r\\n', 9, 'H: 1\\r\\n\\r\\nb1\\r\\nb2\\r\\n.\\r\\n'",
        "'\\r\\n.b\\r\\n', 1, '\\r\\n..b\\r\\n.\\r\\n'",
    })
    void writesAMultiLineResponse(String message, int lines, String response) {
        byte[] octets = unescaped(message);
        for (int chunk = 1; chunk <= octets.length + 1; chunk++) {
            DotStuffer stuffer = new DotStuffer(lines < 0 ? DotStuffer.WHOLE : lines);
            ByteBuf out = Unpooled.buffer();
            for (int at = 0; at < octets.length; at += chunk) {
                stuffer.write(Unpooled.wrappedBuffer(octets, at, Math.min(chunk, octets.length - at)), out);
            }
            stuffer.end(out);
            assertThat(out.toString(StandardCharsets.US_ASCII))
                    .isEqualTo(new String(unescaped(response), StandardCharsets.US_ASCII));
            out.release();
        }
    }

    private static byte[] unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
