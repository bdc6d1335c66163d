package kwangmyong.lab.bench;

import java.io.PrintStream;
import java.time.Duration;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.Trial;
import kwangmyong.bench.result.Visible;
import kwangmyong.bench.run.Progress;
import org.jspecify.annotations.Nullable;

/** Shows how far an experiment is: one line that changes on a terminal, beside what ended; a line a trial elsewhere. */
final class BenchScreen implements Progress {
    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private int done;
    private final int all;
    private @Nullable Duration left;

    BenchScreen(PrintStream out, boolean isTerminal, int done, int all) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.done = done;
        this.all = all;
    }

    @Override
    public void begins(TrialId id) {
        if (isTerminal) {
            out.print(CLEAR + done + "/" + all + "  " + id + " …" + left());
            out.flush();
        }
    }

    private String left() {
        Duration known = left;
        return known == null ? "" : "  (" + inWords(known) + " left)";
    }

    static String inWords(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        return seconds < 100
                ? seconds + " s"
                : seconds < 6000 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 360.0) / 10.0 + " h";
    }

    @Override
    public void ended(TrialId id, Trial trial, int nowDone, int ofAll, @Nullable Duration nowLeft) {
        done = nowDone;
        left = nowLeft;
        String why = Visible.line(trial.why().lines().findFirst().orElse(""));
        out.printf(
                "%s%d/%d  %-40s %-8s %s%s%n",
                isTerminal ? CLEAR : "",
                nowDone,
                ofAll,
                id,
                trial.outcome().word(),
                why.length() > 100 ? why.substring(0, 100) + "…" : why,
                isTerminal ? "" : left());
        out.flush();
    }

    @Override
    public void failed(String regime, String why) {
        out.println((isTerminal ? CLEAR : "") + "kwm: " + regime + ": " + Visible.line(why));
    }
}
