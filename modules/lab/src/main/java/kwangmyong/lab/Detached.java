package kwangmyong.lab;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts this same program again as a process of its own that outlives the shell, and waits until it is ready or has failed. */
final class Detached {
    /** How long a lab may take to be ready; a cold one on a slow machine takes some seconds. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final long ASK_EVERY_MILLIS = 20;

    private final Path output;

    /**
     * Prepares a start.
     *
     * @param output where the process prints, new for each start
     */
    Detached(Path output) {
        this.output = output;
    }

    /**
     * Starts and waits.
     *
     * @param arguments of {@code kwm}
     * @param isReady asked again and again
     * @return {@link ExitStatus#FINE} when ready, else what the process exited with, its last words printed
     */
    int start(List<String> arguments, BooleanSupplier isReady, PrintStream err)
            throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        Process process = new ProcessBuilder(command(arguments))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                err.print(Files.readString(output, StandardCharsets.UTF_8));
                OptionalInt status = OptionalInt.of(process.exitValue());
                return status.getAsInt() == ExitStatus.FINE ? ExitStatus.NOT_RUNNING : status.getAsInt();
            }
            if (isReady.getAsBoolean()) {
                return ExitStatus.FINE;
            }
        }
        process.destroy();
        err.println("kwm: not ready after " + READY_WITHIN.toSeconds() + " s; what it printed is in " + output);
        return ExitStatus.NOT_RUNNING;
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add(
                    "/usr/bin/setsid"); // away from the shell's process group, so that its Ctrl-C does not reach the
            // lab
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Kwm.class.getName());
        command.addAll(arguments);
        return command;
    }
}
