package kwangmyong.border;

/** The two ends that the border joins. */
public enum Side {
    /** The lab and its terminals. */
    INSIDE,
    /** The world. */
    OUTSIDE;

    Side other() {
        return this == INSIDE ? OUTSIDE : INSIDE;
    }
}
