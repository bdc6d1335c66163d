package kwangmyong.bench.result;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A folder of results as it was read.
 *
 * @param lock versions and hashes as lock.json says them; null where that file is not there
 * @param trials those that ended, by regime, condition and tool in the run's order, then by repetition
 * @param unfinished trials' folders, relative to {@code folder}, that were begun and have no trial.json
 * @param faults what could not be read
 * @param files names of what else is in the folder, in order
 */
public record Results(
        Path folder,
        Run run,
        @Nullable JsonNode lock,
        List<Place> trials,
        List<String> unfinished,
        List<Fault> faults,
        List<String> files) {
    public Results {
        trials = List.copyOf(trials);
        unfinished = List.copyOf(unfinished);
        faults = List.copyOf(faults);
        files = List.copyOf(files);
    }

    /** How many trials the experiment has, run or not. */
    public int planned() {
        return run.tools().size() * run.regimes().size() * run.conditions().size() * run.repetitions();
    }

    /**
     * A trial and where it is.
     *
     * @param folder relative to the results: {@code trials/REGIME/CONDITION/TOOL/N}
     * @param files in it, in order
     */
    public record Place(Trial trial, String folder, List<Entry> files) {
        public Place {
            files = List.copyOf(files);
        }

        public boolean has(String name) {
            return files.stream().anyMatch(file -> file.name().equals(name));
        }
    }

    /** A file and its size in octets. */
    public record Entry(String name, long octets) {}

    /**
     * A file that could not be read.
     *
     * @param file relative to the results
     */
    public record Fault(String file, String message) {
        @Override
        public String toString() {
            return file + ": " + message;
        }
    }
}
