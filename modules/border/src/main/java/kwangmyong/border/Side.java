package kwangmyong.border;

/** The two ends that the border joins. */
public enum Side {
    /** The lab and its terminals. */
    INSIDE(0),
    /** The world. */
    OUTSIDE(1);

    /** Of its interface in captures. */
    final int number;

    Side(int number) {
        this.number = number;
    }

    static Side of(int number) {
        return number == 0 ? INSIDE : OUTSIDE;
    }

    Side other() {
        return this == INSIDE ? OUTSIDE : INSIDE;
    }
}
