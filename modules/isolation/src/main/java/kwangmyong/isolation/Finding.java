package kwangmyong.isolation;

/**
 * One thing that was looked at to see whether there is a way out.
 *
 * @param where {@code lab} or the terminal's name
 * @param what was looked at, in words
 * @param seen what was there
 * @param isLeak whether that is a way out, or was one
 */
public record Finding(String where, String what, String seen, boolean isLeak) {}
