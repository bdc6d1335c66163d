package kwangmyong.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kwangmyong.mail.smtp.DataDecoder.Progress;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataDecoderTest {
    @ParameterizedTest
    @CsvSource({
        "'.\\r\\nQUIT', '', END",
        "'\\r\\n.\\r\\nQUIT', '\\r\\n', END",
        "'a\\r\\n.\\r\\nQUIT', 'a\\r\\n', END",
        "'..\\r\\n.\\r\\n', '.\\r\\n', END",
        "'...x\\r\\n.\\r\\n', '..x\\r\\n', END",
        "'.x\\r\\n.\\r\\n', 'x\\r\\n', END",
        "'a.\\r\\n.b\\r\\n', 'a.\\r\\nb\\r\\n', MORE",
        "'a\\r\\n.', 'a\\r\\n', MORE",
        // Every end that some server somewhere took for one (SMTP smuggling): none is, and none is passed over.
        "'a\\n.\\nMAIL', 'a\\n', AMBIGUOUS_END",
        "'a\\n.\\r\\nMAIL', 'a\\n', AMBIGUOUS_END",
        "'a\\r\\n.\\nMAIL', 'a\\r\\n', AMBIGUOUS_END",
        "'a\\r.\\r\\nMAIL', 'a\\r', AMBIGUOUS_END",
        "'a\\r.\\rMAIL', 'a\\r', AMBIGUOUS_END",
        "'a\\r\\n.\\rMAIL', 'a\\r\\n', AMBIGUOUS_END",
        "'a\\r\\r\\n.\\r\\n', 'a\\r\\r\\n', END",
    })
    void findsTheOneTrueEnd(String input, String content, Progress progress) {
        byte[] octets = unescaped(input);
        for (int chunk = 1; chunk <= octets.length; chunk++) {
            DataDecoder decoder = new DataDecoder();
            ByteBuf out = Unpooled.buffer();
            Progress reached = Progress.MORE;
            for (int at = 0; at < octets.length && reached == Progress.MORE; at += chunk) {
                ByteBuf in = Unpooled.wrappedBuffer(octets, at, Math.min(chunk, octets.length - at));
                reached = decoder.decode(in, out);
                in.release();
            }
            assertThat(reached).as("chunks of %d", chunk).isEqualTo(progress);
            assertThat(out.toString(StandardCharsets.US_ASCII))
                    .isEqualTo(new String(unescaped(content), StandardCharsets.US_ASCII));
            out.release();
        }
    }

    @ParameterizedTest
    @CsvSource({"'a\\nb\\r\\n.\\r\\n'", "'a\\rb\\r\\n.\\r\\n'", "'a\\r\\r\\n.\\r\\n'", "'\\n\\r\\n.\\r\\n'"})
    void remembersBareLineEnds(String input) {
        DataDecoder decoder = new DataDecoder();
        ByteBuf out = Unpooled.buffer();

        assertThat(decoder.decode(Unpooled.wrappedBuffer(unescaped(input)), out))
                .isEqualTo(Progress.END);
        assertThat(decoder.sawBareLineEnd()).isTrue();
        out.release();
    }

    @Tag("fuzz")
    @Test
    void anAcceptedMessageIsThatOfASimpleReading() {
        List<byte[]> samples = List.of(
                unescaped("Subject: x\\r\\n\\r\\nbody\\r\\n..dot\\r\\n.\\r\\n"),
                unescaped(".\\r\\n"),
                unescaped("\\r\\n.\\r\\r\\n\\n.\\n.\\r\\n"));
        SeededFuzz.of(samples, 20_000).tryAll(DataDecoderTest::agrees);
    }

    private static void agrees(byte[] input) {
        DataDecoder decoder = new DataDecoder();
        ByteBuf in = Unpooled.wrappedBuffer(input);
        ByteBuf out = Unpooled.buffer();
        Progress reached = decoder.decode(in, out);
        if (reached == Progress.END && !decoder.sawBareLineEnd()) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            int end = text.startsWith(".\r\n") ? 0 : text.indexOf("\r\n.\r\n") + 2;
            assertThat(in.readerIndex()).isEqualTo(end + 3);
            String plain =
                    ("\r\n" + text.substring(0, end)).replace("\r\n.", "\r\n").substring(2);
            assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(plain);
        }
        out.release();
    }

    private static byte[] unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
