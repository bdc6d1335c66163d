package kwangmyong.console.talk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines from a pipe, each of at most {@value #MAX_BYTES} bytes. */
public final class LineInput {
    static final int MAX_BYTES = 8_192;

    private final InputStream in;

    /** The lines of a stream, which it does not close. */
    public LineInput(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; null at the end of the input.
     *
     * @throws IOException for a line that is too long as well
     */
    public @Nullable String next() throws IOException {
        var line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) >= 0) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (line.size() == MAX_BYTES) {
                throw new IOException("a command line of more than " + MAX_BYTES + " bytes");
            }
            line.write(octet);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
