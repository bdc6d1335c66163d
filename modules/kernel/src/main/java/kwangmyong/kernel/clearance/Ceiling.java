package kwangmyong.kernel.clearance;

/**
 * The most that anyone can hold at an attachment.
 *
 * @param level the highest level that counts there
 * @param compartments the compartments that count there; {@link #EVERY_COMPARTMENT} leaves them alone
 */
public record Ceiling(int level, long compartments) {
    public static final long EVERY_COMPARTMENT = -1L;
}
