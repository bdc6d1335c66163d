package kwangmyong.lab.running;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.border.BorderService;
import kwangmyong.border.api.Capture;
import kwangmyong.lab.outcome.ExitStatus;
import org.jspecify.annotations.Nullable;

/** The captures that {@code kwm capture} began and has not ended, by file. */
public final class Captures {
    public static final String BEGIN = "begin";
    public static final String END = "end";
    private static final int MOST = 4;

    private final @Nullable BorderService border;
    private final Map<String, Capture> open = new HashMap<>();

    Captures(@Nullable BorderService border) {
        this.border = border;
    }

    /** What the command asks for: {@code begin FILE OCTETS} or {@code end FILE}. */
    synchronized int run(List<String> words, PrintStream out, PrintStream err) {
        if (border == null) {
            err.println("kwm: there is no border: it is there in isolated mode, where the lab has a world");
            return ExitStatus.USAGE;
        }
        try {
            return words.get(0).equals(BEGIN)
                    ? begin(border, words.get(1), Long.parseLong(words.get(2)), err)
                    : end(words.get(1), out, err);
        } catch (IOException cannot) {
            err.println("kwm: " + cannot);
            return ExitStatus.DIFFERENT;
        }
    }

    private int begin(BorderService from, String file, long octets, PrintStream err) throws IOException {
        if (open.containsKey(file) || open.size() >= MOST) {
            err.println("kwm: "
                    + (open.containsKey(file)
                            ? file + " is being written already"
                            : MOST + " captures are being written already"));
            return ExitStatus.USAGE;
        }
        open.put(file, from.capture(Path.of(file), octets));
        return ExitStatus.FINE;
    }

    private int end(String file, PrintStream out, PrintStream err) throws IOException {
        Capture capture = open.remove(file);
        if (capture == null) {
            err.println("kwm: " + file + " is not being written");
            return ExitStatus.USAGE;
        }
        capture.close();
        out.println(capture.packets() + " packets in " + file
                + (capture.missed() == 0 ? "" : ", " + capture.missed() + " are missing"));
        return capture.missed() == 0 ? ExitStatus.FINE : ExitStatus.DIFFERENT;
    }
}
