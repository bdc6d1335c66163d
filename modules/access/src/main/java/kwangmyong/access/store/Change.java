package kwangmyong.access.store;

import org.jspecify.annotations.Nullable;

/**
 * One change of what is kept. Changes may be repeated without harm.
 *
 * @param value what is there from now on; null where nothing is
 */
public record Change(
        Class<? extends Kept> kind, String id, @Nullable Kept value) {
    public Change {
        if (id.isEmpty() || id.length() > Kept.LONGEST_ID) {
            throw new IllegalArgumentException(
                    "an id of " + id.length() + " characters (expected: 1-" + Kept.LONGEST_ID + ")");
        }
    }

    /** Keeps something, in place of what had its id. */
    public static Change put(Kept value) {
        return new Change(value.getClass(), value.id(), value);
    }

    /** Keeps something no longer; does nothing where nothing was kept. */
    public static Change remove(Kept value) {
        return new Change(value.getClass(), value.id(), null);
    }

    /** As {@link #remove(Kept)}, by its id. */
    public static Change remove(Class<? extends Kept> kind, String id) {
        return new Change(kind, id, null);
    }
}
