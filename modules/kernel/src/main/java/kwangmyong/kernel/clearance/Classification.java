package kwangmyong.kernel.clearance;

/**
 * What a resource carries: the level and compartments that a subject must {@linkplain Clearance#dominates dominate} to reach it.
 *
 * @param level 0 is the lowest
 * @param compartments one bit a compartment
 */
public record Classification(int level, long compartments) {}
