package kwangmyong.border.shape;

/** Chance that can be repeated: a number for each seed and count, by the finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
public final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Dice() {}

    public static long roll(long seed, long count) {
        long mixed = seed + count * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** A roll as a number from 0, inclusive, to 1, exclusive. */
    static double share(long roll) {
        return (roll >>> 11) * 0x1p-53;
    }
}
