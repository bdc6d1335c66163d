package kwangmyong.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What serves the world, in the world's network and without a right over it; the lab need not wait for it to do anything else. */
final class WorldProcess implements Service {
    private static final Logger log = LoggerFactory.getLogger(WorldProcess.class);
    private static final long READY_WITHIN_SECONDS = 45;
    private static final long ANSWER_WITHIN_SECONDS = 20;
    private static final long STOP_WITHIN_SECONDS = 5;
    private static final int MOST_LINES = 50;
    private static final String ENDED = "the world has ended";

    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final List<String> said = new ArrayList<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    private WorldProcess(Process process) {
        this.process = process;
    }

    /**
     * Begins it.
     *
     * @param place a process in the world's network
     */
    static WorldProcess begin(World world, long place) throws StartException {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(place), "--net", "--"));
        words.addAll(List.of("setpriv", "--no-new-privs", "--bounding-set", "-all", "--inh-caps", "-all"));
        words.addAll(world.command());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(world.environment());
        try {
            return over(builder.start());
        } catch (IOException missing) {
            throw new StartException("the world cannot be served: " + missing.getMessage(), missing);
        }
    }

    /** What is served by a process that has just been started. */
    static WorldProcess over(Process process) {
        var begun = new WorldProcess(process);
        Thread listening = new Thread(begun::listen, "kwm-world");
        listening.setDaemon(true);
        listening.start();
        return begun;
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(World.READY)) {
                    ready.complete(true);
                } else if (line.equals(World.DONE) || line.startsWith(World.FAILED)) {
                    answers.add(line);
                } else {
                    hear(line);
                }
            }
        } catch (IOException broken) {
            hear(broken.toString());
        }
        if (!stopped) {
            log.error(ENDED);
        }
        ready.complete(false);
        answers.add(World.FAILED + ENDED);
    }

    /**
     * Tells it something and waits until it has done it.
     *
     * @param line one that {@link World} names
     * @throws IOException when it cannot, saying why
     */
    void tell(String line) throws IOException {
        synchronized (answers) {
            answers.clear(); // of one that took too long
            var to = process.outputWriter(StandardCharsets.UTF_8);
            to.write(line + "\n");
            to.flush();
            String answer = answer();
            if (!answer.equals(World.DONE)) {
                throw new IOException(answer.substring(World.FAILED.length()));
            }
        }
    }

    private String answer() throws IOException {
        try {
            String answer = answers.poll(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("it did not answer within " + ANSWER_WITHIN_SECONDS + " s");
            }
            return answer;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the world was told", stopped);
        }
    }

    private synchronized void hear(String line) {
        log.info("the world: {}", line);
        if (said.size() < MOST_LINES) {
            said.add(line);
        }
    }

    private synchronized String heard() {
        return String.join("; ", said);
    }

    @Override
    public String name() {
        return "world";
    }

    /** Waits for its word. */
    @Override
    public void start() throws StartException {
        try {
            if (!ready.get(READY_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new StartException("the world cannot be served: " + heard());
            }
        } catch (TimeoutException slow) {
            throw new StartException(
                    "the world does not answer after " + READY_WITHIN_SECONDS + " s: " + heard(), slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartException("stopped while the world was made", interrupted);
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible); // it is only ever completed with a value
        }
    }

    @Override
    public void stop() {
        stopped = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** It listens in a network of its own; what is seen of it here is whether it runs. */
    @Override
    public Health health() {
        if (stopped || !ready.getNow(false)) {
            return Health.DOWN;
        }
        return process.isAlive() ? Health.UP : new Health(Health.State.DOWN, ENDED);
    }

    @Override
    public List<Listener> listeners() {
        return List.of();
    }
}
