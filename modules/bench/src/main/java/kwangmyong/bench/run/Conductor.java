package kwangmyong.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.result.ResultJson;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.Trial;
import org.jspecify.annotations.Nullable;

/** Has every trial run that has not been yet, several at a time, each lab as long as its regime has some left. */
public final class Conductor {
    /** How often a trial is given to a fresh lab after its lab failed. */
    private static final int MOST_FAILURES = 2;

    private final Path folder;
    private final Crew crew;
    private final Progress progress;
    private final Map<String, Deque<TrialId>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> serving = new HashMap<>();
    private final Map<TrialId, Integer> failures = new HashMap<>();
    private final Set<String> cameUp = new HashSet<>();
    private final List<TrialId> left = new ArrayList<>();
    private final int all;
    private final long begun = System.nanoTime();
    private int done;
    private int doneNow;
    private boolean stopped;

    /** @param folder of results; trials that are whole in it are not run again */
    public Conductor(Path folder, Map<String, List<TrialId>> schedule, Crew crew, Progress progress) {
        this.folder = folder;
        this.crew = crew;
        this.progress = progress;
        int count = 0;
        for (Map.Entry<String, List<TrialId>> regime : schedule.entrySet()) {
            Deque<TrialId> todo = new ArrayDeque<>();
            for (TrialId id : regime.getValue()) {
                count++;
                if (isWhole(id)) {
                    done++;
                } else {
                    todo.add(id);
                }
            }
            waiting.put(regime.getKey(), todo);
        }
        all = count;
    }

    private boolean isWhole(TrialId id) {
        return Files.exists(file(id));
    }

    private Path file(TrialId id) {
        return folder.resolve(ResultsFolder.TRIALS).resolve(id.path()).resolve(ResultsFolder.TRIAL);
    }

    /** How many are whole already. */
    public synchronized int done() {
        return done;
    }

    /**
     * Runs them.
     *
     * @param parallel how many labs at once
     * @return those that could not be run
     */
    public List<TrialId> run(int parallel) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parallel; i++) {
            Thread thread = new Thread(this::serve, "kwm-hand-" + (i + 1));
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stop) {
            stop();
            threads.forEach(Thread::interrupt);
            throw stop;
        }
        synchronized (this) {
            return List.copyOf(left);
        }
    }

    /** Begins no further trial. */
    public synchronized void stop() {
        stopped = true;
    }

    private void serve() {
        for (Optional<String> regime = regime(); regime.isPresent(); regime = regime()) {
            try {
                serve(regime.get());
            } catch (InterruptedException stop) {
                stop();
                return;
            } finally {
                leave(regime.get());
            }
        }
    }

    /** The one that has most left for each lab that serves it. */
    private synchronized Optional<String> regime() {
        Optional<String> busiest = stopped
                ? Optional.empty()
                : waiting.entrySet().stream()
                        .filter(regime -> !regime.getValue().isEmpty())
                        .max(Comparator.comparingDouble(regime ->
                                (double) regime.getValue().size() / (1 + serving.getOrDefault(regime.getKey(), 0))))
                        .map(Map.Entry::getKey);
        busiest.ifPresent(regime -> serving.merge(regime, 1, Integer::sum));
        return busiest;
    }

    private synchronized void leave(String regime) {
        serving.merge(regime, -1, Integer::sum);
    }

    private void serve(String regime) throws InterruptedException {
        TrialId next = take(regime);
        if (next == null) {
            return;
        }
        try (Crew.Hand hand = crew.hire(regime)) {
            while (next != null) {
                synchronized (this) {
                    progress.begins(next);
                }
                hand.run(next);
                if (!ended(next).waysOut().isEmpty()) {
                    return; // nothing that this lab says is of use any more; another takes what is left
                }
                next = take(regime);
            }
        } catch (IOException failed) {
            failed(next, String.valueOf(failed.getMessage()));
        }
    }

    private synchronized @Nullable TrialId take(String regime) {
        Deque<TrialId> todo = waiting.get(regime);
        return stopped || todo == null ? null : todo.poll();
    }

    private synchronized Trial ended(TrialId id) throws IOException {
        Trial trial = ResultJson.read(Files.readString(file(id)), Trial.class);
        cameUp.add(id.regime());
        done++;
        doneNow++;
        long each = (System.nanoTime() - begun) / doneNow;
        progress.ended(id, trial, done, all, Duration.ofNanos(each * (all - done)));
        return trial;
    }

    private synchronized void failed(@Nullable TrialId id, String why) {
        if (id == null) {
            return;
        }
        progress.failed(id.regime(), why);
        Deque<TrialId> todo = waiting.get(id.regime());
        if (failures.merge(id, 1, Integer::sum) < MOST_FAILURES && todo != null) {
            todo.addFirst(id);
        } else {
            left.add(id);
            if (todo != null && !cameUp.contains(id.regime())) {
                left.addAll(todo); // a lab that never came up will not do so for the others either
                todo.clear();
            }
        }
    }
}
