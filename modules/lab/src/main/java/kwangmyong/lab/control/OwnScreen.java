package kwangmyong.lab.control;

import java.io.IOException;
import java.nio.file.Path;
import kwangmyong.lab.control.Interpreter.Screen;

/** What this process's own output is. */
public final class OwnScreen {
    private OwnScreen() {}

    /** The terminal's width, where there is one; the shell exports it only when asked, so 80 is the usual guess. */
    public static Screen here() {
        boolean terminal = isTerminal();
        String columns = System.getenv("COLUMNS");
        try {
            return new Screen(
                    terminal,
                    columns == null ? (terminal ? 100 : Screen.PIPE.columns()) : Integer.parseInt(columns),
                    terminal && System.getenv("NO_COLOR") == null);
        } catch (NumberFormatException notANumber) {
            return Screen.PIPE;
        }
    }

    /** Whether a person looks at the output: {@code System.console} alone is no answer on newer JDKs, so the standard output itself is looked at. */
    public static boolean isTerminal() {
        try {
            return String.valueOf(Path.of("/proc/self/fd/1").toRealPath()).startsWith("/dev/pts/")
                    || String.valueOf(Path.of("/proc/self/fd/1").toRealPath()).startsWith("/dev/tty");
        } catch (IOException noSuchPlace) {
            return false;
        }
    }
}
