package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.lab.yaml.Nearest;

/** The section {@code clearance}, and labels such as {@code cleared + library} by it. */
final class Labels {
    private static final String ONLY_LEVEL = "resident";

    private final Lattice lattice;
    private final List<String> words;

    private Labels(Lattice lattice) {
        this.lattice = lattice;
        words = new ArrayList<>(lattice.levels());
        words.addAll(lattice.compartments());
    }

    static Labels read(Section clearance) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> levels = distinct(clearance.values("levels"), seen, Lattice.MAX_LEVELS);
        if (levels.isEmpty()) {
            levels = List.of(ONLY_LEVEL);
            seen.add(ONLY_LEVEL);
        }
        return new Labels(
                new Lattice(levels, distinct(clearance.values("compartments"), seen, Lattice.MAX_COMPARTMENTS)));
    }

    private static List<String> distinct(List<Value> names, Set<String> seen, int most) {
        List<String> distinct = new ArrayList<>();
        for (Value name : names) {
            if (!seen.add(name.text())) {
                name.refuse("is named twice among levels and compartments");
            } else if (distinct.size() < most) { // the schema has said so when there are more
                distinct.add(name.text());
            }
        }
        return distinct;
    }

    Lattice lattice() {
        return lattice;
    }

    Clearance clearance(Optional<Value> value) {
        return value.flatMap(label -> read(label, lattice::clearance)).orElse(Clearance.NONE);
    }

    Classification classification(Optional<Value> value) {
        return value.flatMap(label -> read(label, lattice::classification)).orElse(new Classification(0, 0));
    }

    /** Without one, everything that can be held counts. */
    Ceiling ceiling(Optional<Value> value) {
        Ceiling none = new Ceiling(lattice.levels().size() - 1, Ceiling.EVERY_COMPARTMENT);
        return value.flatMap(label -> read(label, lattice::ceiling)).orElse(none);
    }

    private <T> Optional<T> read(Value label, Function<String, T> reading) {
        for (String part : label.text().split("\\+", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            if (!words.contains(word)) {
                label.with(word).refuse("is neither a level nor a compartment" + hint(word));
                return Optional.empty();
            }
        }
        return label.as(reading);
    }

    private String hint(String word) {
        String near = Nearest.hint(word, words);
        return near.isEmpty() ? " (expected: " + String.join(", ", words) + ")" : near;
    }
}
