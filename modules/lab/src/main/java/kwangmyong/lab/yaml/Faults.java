package kwangmyong.lab.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects faults, so that all of them are told at once. For one thread. */
public final class Faults {
    /** How many are told; a file with more is not the file that was meant. */
    public static final int MAX_TOLD = 200;

    private final List<Path> filesInOrder = new ArrayList<>();
    private final Set<Fault> found = new LinkedHashSet<>();

    public void add(Place place, String path, String message) {
        found.add(new Fault(place, path, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was found, by position; files in the order they were read in. At most {@link #MAX_TOLD}. */
    public List<Fault> sorted() {
        return found.stream()
                .sorted(Comparator.<Fault>comparingInt(fault -> order(fault.file()))
                        .thenComparing(Fault::file)
                        .thenComparingInt(Fault::line)
                        .thenComparingInt(Fault::column)
                        .thenComparing(Fault::path)
                        .thenComparing(Fault::message))
                .limit(MAX_TOLD)
                .toList();
    }

    /** The files that were read, in that order. */
    public List<Path> files() {
        return List.copyOf(filesInOrder);
    }

    /** Makes the faults of {@code file} come behind those of the files begun earlier. */
    void begin(Path file) {
        if (!filesInOrder.contains(file)) {
            filesInOrder.add(file);
        }
    }

    private int order(Path file) {
        int index = filesInOrder.indexOf(file);
        return index < 0 ? Integer.MAX_VALUE : index;
    }
}
