package kwangmyong.bench.bed;

/** Where a program runs. */
public enum Place {
    /** The terminal of the regime's subject. */
    TERMINAL,
    /** Beside the lab's services. */
    LAB,
    /** Outside. */
    WORLD
}
