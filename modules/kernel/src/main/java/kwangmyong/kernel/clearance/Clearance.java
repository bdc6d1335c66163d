package kwangmyong.kernel.clearance;

/**
 * What a subject holds: a level and a set of compartments, both as a {@link Lattice} numbers them.
 *
 * @param level 0 is the lowest
 * @param compartments one bit a compartment
 */
public record Clearance(int level, long compartments) {
    /** The lowest level and no compartment. */
    public static final Clearance NONE = new Clearance(0, 0);

    /** Whether this may read what carries {@code classification}: level at least as high, every compartment held. */
    public boolean dominates(Classification classification) {
        return level >= classification.level() && (classification.compartments() & ~compartments) == 0;
    }

    /** Whether this holds at least all that {@code other} holds. */
    public boolean dominates(Clearance other) {
        return level >= other.level && (other.compartments & ~compartments) == 0;
    }

    /** The least clearance that dominates both; what a grant adds to what is held. */
    public Clearance join(Clearance other) {
        return dominates(other) ? this : new Clearance(Math.max(level, other.level), compartments | other.compartments);
    }

    /** What is left of this under a ceiling. */
    public Clearance under(Ceiling ceiling) {
        boolean isUnder = level <= ceiling.level() && (compartments & ~ceiling.compartments()) == 0;
        return isUnder ? this : new Clearance(Math.min(level, ceiling.level()), compartments & ceiling.compartments());
    }
}
