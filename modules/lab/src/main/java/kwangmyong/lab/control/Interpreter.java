package kwangmyong.lab.control;

import java.io.PrintStream;
import java.util.List;

/** Runs one command line inside the running lab. Called on a thread of its own; it may block. */
@FunctionalInterface
public interface Interpreter {
    /**
     * Runs a command.
     *
     * @param screen what the asker's output is
     * @param out checks {@link PrintStream#checkError} to learn that the asker has gone
     * @return the exit status
     */
    int run(List<String> arguments, Screen screen, PrintStream out, PrintStream err);

    /**
     * What the asker's output is.
     *
     * @param isTerminal whether a person is likely to look at it
     * @param columns its width
     * @param colours whether they want colours
     */
    record Screen(boolean isTerminal, int columns, boolean colours) {
        /** Output into a file or a pipe. */
        public static final Screen PIPE = new Screen(false, 120, false);

        public Screen(boolean isTerminal, int columns) {
            this(isTerminal, columns, isTerminal);
        }
    }
}
