package kwangmyong.isolation;

/**
 * One thing that was looked at to see whether there is a way out.
 *
 * @param where {@code lab} or the terminal's name
 * @param what was looked at, in words
 * @param seen what was there; a number where {@code kind} is {@link Kind#NOTED}
 */
public record Finding(String where, String what, String seen, Kind kind) {
    /** What it says of a way out. */
    public enum Kind {
        /** There is none here. */
        CLOSED,
        /** Here is one, or was. */
        LEAK,
        /** Packets that were counted, and went where they may or nowhere. */
        NOTED
    }

    /** Of something that would be a way out. */
    public static Finding of(String where, String what, String seen, boolean isLeak) {
        return new Finding(where, what, seen, isLeak ? Kind.LEAK : Kind.CLOSED);
    }

    public boolean isLeak() {
        return kind == Kind.LEAK;
    }

    /** In a sentence, where it is one. */
    public String sentence() {
        return where + " has " + what + ": " + seen;
    }
}
