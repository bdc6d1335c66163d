package kwangmyong.bench.trial;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.bed.Program;
import kwangmyong.bench.recipe.ProgramSpec;
import kwangmyong.bench.recipe.Ready;
import kwangmyong.bench.recipe.RecipeException;
import kwangmyong.bench.recipe.Told;

/**
 * The programs of one place. Its folder is {@value #HOME} there; what is put in {@value #SHARED} is handed over to the other place when a
 * step is done or a program ready.
 */
final class Rig {
    static final String HOME = "/tmp/kwm/half";
    static final String SHARED = "/tmp/kwm/shared";

    private static final Duration STEP_WITHIN = Duration.ofSeconds(60);
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_MILLIS = 25;

    private final Bed bed;
    private final Place place;
    private final Told told;
    private final boolean network;
    private final Path logs;
    private final List<Running> running = new ArrayList<>();

    /**
     * @param told what is told to every program
     * @param network whether programs have rights over the place's network
     * @param logs where what they print is kept
     */
    Rig(Bed bed, Place place, Told told, boolean network, Path logs) {
        this.bed = bed;
        this.place = place;
        this.told = told.with(Map.of("HOME", HOME, "SHARED", SHARED));
        this.network = network;
        this.logs = logs;
    }

    Told told() {
        return told;
    }

    /** Makes the folders and writes the files. */
    void lay(Map<String, String> files) throws IOException {
        Files.createDirectories(seen(SHARED));
        Path home = Files.createDirectories(seen(HOME));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = home.resolve(file.getKey()).normalize();
            if (!path.startsWith(home)) {
                throw new IOException(file.getKey() + " leads out of its folder");
            }
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(path, file.getValue());
        }
    }

    Path seen(String path) throws IOException {
        return bed.seen(place, Path.of(path));
    }

    /**
     * Runs a script to its end.
     *
     * @throws RecipeException when it does not end with 0, or in time
     */
    void step(String name, String script) throws IOException, RecipeException, InterruptedException {
        Running step = begin(name, script, true);
        try {
            if (!step.process().waitFor(STEP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RecipeException(name + " did not end within " + STEP_WITHIN.toSeconds() + " s");
            }
        } finally {
            step.end();
        }
        if (step.process().exitValue() != 0) {
            throw new RecipeException(name + " ended with " + step.process().exitValue() + ": " + step.lastWords());
        }
    }

    /**
     * Starts a program and waits until it is ready.
     *
     * @return null when it is, else why it is not
     */
    @org.jspecify.annotations.Nullable
    String start(ProgramSpec spec) throws IOException, RecipeException, InterruptedException {
        Running program = begin(spec.name(), spec.run(), false);
        running.add(program);
        long begun = System.nanoTime();
        while (true) {
            boolean ended = program.hasEnded();
            if (isReady(spec.ready(), program)) {
                return null;
            } else if (ended) {
                int status = program.process().exitValue();
                if (status == 126 || status == 127) {
                    throw new RecipeException(spec.name() + " cannot be run: " + program.lastWords());
                }
                return spec.name() + " ended with " + status + " before it was ready: " + program.lastWords();
            } else if (System.nanoTime() - begun > spec.within().toNanos()) {
                return spec.name() + " was not ready within " + spec.within().toMillis() / 1000.0 + " s: "
                        + program.lastWords();
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private Running begin(String name, String script, boolean isStep) throws IOException {
        Path log = logs.resolve(name + ".log");
        Process process = bed.start(new Program(
                place,
                Script.words(script, isStep),
                new LinkedHashMap<>(told.variables()),
                Path.of(HOME),
                log,
                network));
        return new Running(name, process, log);
    }

    private boolean isReady(Ready ready, Running program) throws IOException, RecipeException, InterruptedException {
        if (ready instanceof Ready.Tcp tcp) {
            return listens(tcp.address(), false);
        } else if (ready instanceof Ready.Udp udp) {
            return listens(udp.address(), true);
        } else if (ready instanceof Ready.FileThere file) {
            Path path = seen(HOME).resolve(told.in(file.path()));
            return Files.isRegularFile(path) && Files.size(path) > 0;
        } else if (ready instanceof Ready.Log log) {
            return log.pattern().matcher(program.said()).find();
        } else if (ready instanceof Ready.Run run) {
            return asked(program, run.script());
        } else if (ready instanceof Ready.Exit) {
            return program.hasEnded() && program.process().exitValue() == 0;
        }
        return program.process().isAlive();
    }

    private boolean listens(String endpoint, boolean udp) throws IOException, RecipeException {
        var address = told.endpoint(endpoint);
        for (String table : udp ? List.of("udp", "udp6") : List.of("tcp", "tcp6")) {
            if (SocketTable.listens(bed.sockets(place, table), udp, address)) {
                return true;
            }
        }
        return false;
    }

    private boolean asked(Running program, String script) throws IOException, InterruptedException {
        Running asking = begin(program.name() + "-ready", script, true);
        try {
            return asking.process().waitFor(ASKED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    && asking.process().exitValue() == 0;
        } finally {
            asking.end();
        }
    }

    /** Hands what is shared here over to the other half. What is there already and no newer stays. */
    void handOver(Rig other) throws IOException {
        Path from = seen(SHARED);
        Path to = other.seen(SHARED);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                Path target = to.resolve(from.relativize(file));
                FileTime known = Files.exists(target) ? Files.getLastModifiedTime(target) : FileTime.fromMillis(0);
                if (about.isRegularFile() && about.lastModifiedTime().compareTo(known) > 0) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Ends every program, the last first. */
    void end() {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).process().destroy();
        }
        running.forEach(Running::end);
        running.clear();
    }
}
