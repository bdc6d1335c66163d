package kwangmyong.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/**
 * Output for a person that stops at each screenful: the space bar goes on by a screen, Enter by a line, q leaves the rest out. What follows or
 * draws a screen of its own is not held up.
 */
final class Pager extends OutputStream {
    private static final String PROMPT = "\u001b[7m-- more: space, Enter, q --\u001b[0m";
    private static final String ERASE = "\r\u001b[K";
    private static final List<String> NEVER_ENDING = List.of("--follow", "-f", "live", "--no-pager");

    private final Terminal terminal;
    private final OutputStream out;
    private int room;
    private int column;
    private boolean left;

    Pager(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.output();
        this.room = screen();
    }

    /** Whether a command's output is to be held up. */
    static boolean isFor(List<String> words) {
        return words.stream().noneMatch(NEVER_ENDING::contains);
    }

    private int screen() {
        return Math.max(1, terminal.getRows() - 1);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        int begin = from;
        for (int i = from; i < from + length; i++) {
            if (left) {
                throw new IOException("the reader has seen enough");
            }
            boolean ends = octets[i] == '\n';
            // continuation bytes of UTF-8 take no column; wide letters are counted once, which only stops a line late
            column = ends ? 0 : column + ((octets[i] & 0xc0) == 0x80 ? 0 : 1);
            if (ends || column > Math.max(20, terminal.getColumns())) {
                column = ends ? 0 : 1;
                room--;
            }
            if (room == 0) {
                out.write(octets, begin, i + 1 - begin);
                begin = i + 1;
                stop();
            }
        }
        out.write(octets, begin, from + length - begin);
    }

    private void stop() throws IOException {
        out.write(PROMPT.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Attributes before = terminal.enterRawMode();
        try {
            room = moreBy(terminal.reader().read());
        } catch (IOException interrupted) {
            left = true;
        } finally {
            terminal.setAttributes(before);
            out.write(ERASE.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    private int moreBy(int key) {
        switch (key) {
            case '\r', '\n' -> {
                return 1;
            }
            case 'q', 'Q', 3, -1 -> {
                left = true;
                return 1;
            }
            default -> {
                return screen();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
