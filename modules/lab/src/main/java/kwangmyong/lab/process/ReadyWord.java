package kwangmyong.lab.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kwangmyong.lab.outcome.UsageException;

/**
 * How a lab that goes on in the background tells {@code scripts/kwm}, which started it and waits, that it is ready: it says the one word on a pipe of
 * its own, and lets go of the streams of the person's terminal, on which it has said everything else itself. Whoever waits needs no JVM for that.
 */
public final class ReadyWord {
    private static final String WORD = "ready\n";

    private final Path pipe;

    private ReadyWord(Path pipe) {
        this.pipe = pipe;
    }

    /**
     * The pipe that {@code scripts/kwm} gave.
     *
     * @throws UsageException when there is none: whoever runs the jar by hand can put it in the background by hand
     */
    public static ReadyWord expected() {
        String pipe = System.getProperty("kwm.ready", "");
        if (pipe.isEmpty()) {
            throw new UsageException("--detach is what scripts/kwm does; run up without it");
        }
        return new ReadyWord(Path.of(pipe));
    }

    /**
     * Says that the lab is ready.
     *
     * @param output where the process prints from now on, new for each start
     */
    public void say(Path output) throws IOException {
        PrintStream later = new PrintStream(new FileOutputStream(output.toFile()), true, StandardCharsets.UTF_8);
        System.setOut(later);
        System.setErr(later);
        // The JDK never closes these two: it puts /dev/null in their place, so that a pipe behind kwm up sees its end.
        new FileOutputStream(FileDescriptor.out).close();
        new FileOutputStream(FileDescriptor.err).close();
        try (var word = new FileOutputStream(pipe.toFile())) {
            word.write(WORD.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
