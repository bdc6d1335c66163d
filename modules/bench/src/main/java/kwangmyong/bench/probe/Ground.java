package kwangmyong.bench.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.bed.Place;
import kwangmyong.bench.bed.Program;

/** Where probes run their programs: a folder of their own at a place, from which what came is read, and kept as evidence. */
final class Ground {
    private static final String FOLDER = "/tmp/kwm/probe";
    private static final int MOST_READ = 1 << 20;
    private static final long MOST_KEPT = 64L << 20;

    private final Bed bed;
    private final Place place;
    private final Path kept;
    private final Map<String, String> environment;
    private final boolean network;

    /** @param kept the trial's folder */
    Ground(Bed bed, Place place, Path kept, Map<String, String> environment, boolean network) throws IOException {
        this.bed = bed;
        this.place = place;
        this.kept = kept;
        this.environment = environment;
        this.network = network;
        Files.createDirectories(bed.seen(place, Path.of(FOLDER)));
    }

    /** Runs a script in the folder; false when it did not end in time and was ended. */
    boolean run(String script, Map<String, String> more, Duration within) throws IOException, InterruptedException {
        var told = new java.util.LinkedHashMap<>(environment);
        told.putAll(more);
        Process process = bed.start(new Program(
                place,
                List.of("bash", "-c", "ulimit -c 0 -f 262144; PATH=$PATH:/usr/sbin:/sbin\n" + script),
                told,
                Path.of(FOLDER),
                kept.resolve("probes.log"),
                network));
        if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        process.destroyForcibly();
        return false;
    }

    /** A file's text, at most its first mebibyte; empty when there is none. */
    String text(String file) throws IOException {
        return new String(octets(file, MOST_READ), StandardCharsets.UTF_8);
    }

    /** How large a file is, in octets; 0 when there is none. */
    long size(String file) throws IOException {
        try (Look look = look()) {
            return Math.max(0, look.size(file));
        }
    }

    /** The beginning of a file; none of it when there is no such file. */
    byte[] octets(String file, int most) throws IOException {
        try (Look look = look();
                InputStream in = look.open(file)) {
            return in.readNBytes(most);
        }
    }

    /** Copies a file, or the {@value #MOST_KEPT} first octets of it, to the trial's folder under another name; false when there is none. */
    boolean keep(String file, String as) throws IOException {
        try (Look look = look()) {
            if (!look.isThere(file)) {
                return false;
            }
            try (InputStream in = look.open(file);
                    OutputStream out = Files.newOutputStream(kept.resolve(as))) {
                long left = MOST_KEPT;
                byte[] some = new byte[1 << 16];
                for (int read = in.read(some); read > 0 && left > 0; read = in.read(some)) {
                    out.write(some, 0, (int) Math.min(read, left));
                    left -= read;
                }
            }
            return true;
        }
    }

    private Look look() throws IOException {
        return Look.into(bed.seen(place, Path.of("/")), FOLDER);
    }
}
