package kwangmyong.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.service.Service.StartException;

/** Runs the system's own programs, which know how to make a network. */
final class Programs {
    private static final long WITHIN_SECONDS = 20;

    private Programs() {}

    /**
     * Runs one to its end.
     *
     * @param input what it reads
     * @return what it printed
     * @throws StartException when it is not there, fails or does not end, with what it said
     */
    static String run(String input, String... command) throws StartException {
        String line = String.join(" ", command);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StartException(line + " did not end within " + WITHIN_SECONDS + " s");
            } else if (process.exitValue() != 0) {
                throw new StartException("the network cannot be made: " + line + ": " + said.strip());
            }
            return said;
        } catch (IOException missing) {
            throw new StartException("the network cannot be made: " + missing.getMessage(), missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartException("stopped while the network was made", stopped);
        }
    }

    /** A line that a process prints, or the end of what it says. */
    static List<String> lines(java.io.BufferedReader from, String last) {
        List<String> lines = new java.util.ArrayList<>();
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
                if (line.equals(last)) {
                    break;
                }
            }
            return lines;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
