package kwangmyong.kernel.clearance;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The names of a lab's levels, lowest first, and of its compartments. It turns words such as {@code cleared + library} into
 * {@linkplain Clearance clearances}, {@linkplain Classification classifications} and {@linkplain Ceiling ceilings}, and back.
 *
 * <p>The order is that of Denning, "A lattice model of secure information flow" (1976): one label dominates another when its
 * level is at least as high and it holds every compartment of the other.
 *
 * @param levels lowest first; 1 to {@value #MAX_LEVELS}
 * @param compartments at most {@value #MAX_COMPARTMENTS}, since a set of them is one 64-bit mask
 */
public record Lattice(List<String> levels, List<String> compartments) {
    public static final int MAX_LEVELS = 1_000;
    public static final int MAX_COMPARTMENTS = 64;

    public Lattice {
        levels = List.copyOf(levels);
        compartments = List.copyOf(compartments);
        if (levels.isEmpty() || levels.size() > MAX_LEVELS) {
            throw new IllegalArgumentException("levels: " + levels.size() + " (expected: 1-" + MAX_LEVELS + ")");
        }
        if (compartments.size() > MAX_COMPARTMENTS) {
            throw new IllegalArgumentException(
                    "compartments: " + compartments.size() + " (expected: at most " + MAX_COMPARTMENTS + ")");
        }
        refuseDuplicates(levels, compartments);
    }

    private static void refuseDuplicates(List<String> levels, List<String> compartments) {
        var seen = new java.util.HashSet<String>();
        for (var names : List.of(levels, compartments)) {
            for (String name : names) {
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("'" + name + "' is named twice among levels and compartments");
                }
            }
        }
    }

    /** A label with every level and compartment: what dominates everything in this lab. */
    public Clearance top() {
        return new Clearance(levels.size() - 1, allCompartments());
    }

    /**
     * Reads a clearance, for example {@code cleared + library + news}.
     *
     * @throws IllegalArgumentException naming the word that is neither a level nor a compartment
     */
    public Clearance clearance(String text) {
        Words words = read(text);
        return new Clearance(words.level, words.compartments);
    }

    /** Reads a classification; same form and errors as {@link #clearance}. */
    public Classification classification(String text) {
        Words words = read(text);
        return new Classification(words.level, words.compartments);
    }

    /**
     * Reads a ceiling. A level alone caps the level and leaves every compartment; one that names compartments caps both.
     *
     * @throws IllegalArgumentException as {@link #clearance}
     */
    public Ceiling ceiling(String text) {
        Words words = read(text);
        return new Ceiling(words.level, words.compartments == 0 ? Ceiling.EVERY_COMPARTMENT : words.compartments);
    }

    /** Writes a clearance as the journal shows it: {@code cleared+library+news}. */
    public String show(Clearance clearance) {
        return show(clearance.level(), clearance.compartments());
    }

    /** Writes a classification as the journal shows it. */
    public String show(Classification classification) {
        return show(classification.level(), classification.compartments());
    }

    /** Writes a ceiling; a ceiling over the level alone shows the level alone. */
    public String show(Ceiling ceiling) {
        return show(ceiling.level(), ceiling.compartments() == Ceiling.EVERY_COMPARTMENT ? 0 : ceiling.compartments());
    }

    private String show(int level, long mask) {
        var text = new StringBuilder(levels.get(Math.min(level, levels.size() - 1)));
        for (int i = 0; i < compartments.size(); i++) {
            if ((mask & (1L << i)) != 0) {
                text.append('+').append(compartments.get(i));
            }
        }
        return text.toString();
    }

    private long allCompartments() {
        return compartments.size() == MAX_COMPARTMENTS ? -1L : (1L << compartments.size()) - 1;
    }

    private Words read(String text) {
        Objects.requireNonNull(text, "text");
        int level = -1;
        long mask = 0;
        for (String part : text.split("\\+", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT);
            int asLevel = levels.indexOf(word);
            int asCompartment = compartments.indexOf(word);
            if (asLevel >= 0 && level >= 0) {
                throw new IllegalArgumentException("'" + text + "' names two levels");
            } else if (asLevel >= 0) {
                level = asLevel;
            } else if (asCompartment >= 0) {
                mask |= 1L << asCompartment;
            } else {
                throw new IllegalArgumentException("'" + word + "' is neither a level (" + String.join(", ", levels)
                        + ") nor a compartment (" + String.join(", ", compartments) + ")");
            }
        }
        return new Words(Math.max(level, 0), mask);
    }

    private record Words(int level, long compartments) {}
}
