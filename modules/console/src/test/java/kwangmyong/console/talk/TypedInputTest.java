package kwangmyong.console.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;

class TypedInputTest {
    /** A paste (bracketed, as terminals do) that never ends. */
    private static final class EndlessPaste extends InputStream {
        private static final String BEGIN = "\033[200~";
        private long octets;

        @Override
        public int read() {
            int octet = octets < BEGIN.length() ? BEGIN.charAt((int) octets) : 'a';
            octets++;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int some = Math.min(length, 1024);
            for (int i = 0; i < some; i++) {
                into[offset + i] = (byte) read();
            }
            return some;
        }
    }

    @Test
    void aPasteWithoutAnEndIsNoLine() throws Exception {
        var paste = new EndlessPaste();
        try (Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(new TypedInput(paste), OutputStream.nullOutputStream())
                .type("ansi")
                .build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            assertThatThrownBy(() -> reader.readLine("> ")).isInstanceOf(EndOfFileException.class);
        }
        assertThat(paste.octets).isLessThanOrEqualTo(TypedInput.MOST);
    }

    @Test
    void eachLineMayTakeAsMuchAgain() throws Exception {
        var typed = new TypedInput(new EndlessPaste());
        assertThat(typed.readNBytes(2 * TypedInput.MOST)).hasSize(TypedInput.MOST);
        assertThat(typed.read()).isEqualTo(-1);
        typed.renew();
        assertThat(typed.read()).isEqualTo('a');
        assertThat(typed.readNBytes(2 * TypedInput.MOST)).hasSize(TypedInput.MOST - 1);
    }
}
